package dev.sluice.adapter.webhook.receiver;

/// How many requests a [ReceiverAdapter] has had. For one thread at a time.
final class ReceiverCounts {

  private long accepted;
  private long repeated;
  private long failed;
  private long refused;

  void accepted(boolean isRepeated) {
    accepted++;
    repeated += isRepeated ? 1 : 0;
  }

  void failed() {
    failed++;
  }

  void refused() {
    refused++;
  }

  @Override
  public String toString() {
    return "requests: %d; accepted: %d (received before: %d); failed as asked: %d; refused: %d"
        .formatted(accepted + failed + refused, accepted, repeated, failed, refused);
  }
}
