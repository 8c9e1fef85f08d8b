package dev.sluice.adapter.broker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// A delivery that RabbitMQ gave to this node and wants to hear of.
final class Arrival {

  private final DeliveryMessage message;
  private final Line line;
  private final long tag;
  private final long since = System.nanoTime();
  private final AtomicBoolean isDone = new AtomicBoolean();

  /// @param line over which it came
  /// @param tag its name there
  Arrival(DeliveryMessage message, Line line, long tag) {
    this.message = message;
    this.line = line;
    this.tag = tag;
  }

  DeliveryMessage message() {
    return message;
  }

  /// For how long it has been here.
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - since);
  }

  /// Whether RabbitMQ still waits to hear of it from this node: else it is done with, or somebody
  /// else's.
  boolean isHeld() {
    return line.isOpen() && !isDone.get();
  }

  /// It is done with: RabbitMQ may forget it. Said twice, the channel would be closed.
  void done() {
    if (isDone.compareAndSet(false, true)) {
      line.acknowledge(tag);
    }
  }
}
