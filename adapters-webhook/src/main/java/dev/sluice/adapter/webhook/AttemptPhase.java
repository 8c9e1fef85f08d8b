package dev.sluice.adapter.webhook;

/// What a request is doing.
enum AttemptPhase {
  /// Waits for a connection of the pool.
  WAIT("waiting for a connection"),
  RESOLVE("resolving the name"),
  CONNECT("connecting"),
  TLS("in the TLS handshake"),
  EXCHANGE("waiting for the answer"),
  BODY("reading the answer");

  private final String text;

  AttemptPhase(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
