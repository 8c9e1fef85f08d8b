package dev.sluice.adapter.webhook;

/// Why a request got no complete response.
enum FailureKind {
  /// The name has no address, or the resolver failed.
  RESOLVE,
  /// The name or the address leads to a network that webhooks must not reach.
  REFUSED_ADDRESS,
  /// No connection could be made.
  CONNECT,
  /// The TLS handshake failed, for example because of the certificate.
  TLS,
  /// The deadline passed.
  TIMEOUT,
  /// The receiver closed or reset the connection before its response was complete.
  RESET,
  /// The receiver did not answer in HTTP, or with a head over the limits.
  PROTOCOL,
  /// All connections to the receiver were in use.
  NO_CONNECTION,
  /// The thread of the attempt was interrupted, as on drain.
  INTERRUPTED
}
