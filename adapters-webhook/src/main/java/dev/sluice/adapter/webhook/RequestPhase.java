package dev.sluice.adapter.webhook;

/// What a request is doing.
enum RequestPhase {
  /// Waits for a connection of the pool.
  WAIT("waiting for a connection"),
  RESOLVE("resolving the name"),
  CONNECT("connecting"),
  TLS("in the TLS handshake"),
  EXCHANGE("waiting for the response"),
  BODY("reading the response");

  private final String text;

  RequestPhase(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
