package dev.sluice.adapter.webhook;

/// A URL or an address that no webhook may be sent to. The message says why and what to change.
final class RefusedUrlException extends IllegalArgumentException {

  RefusedUrlException(String message) {
    super(message);
  }
}
