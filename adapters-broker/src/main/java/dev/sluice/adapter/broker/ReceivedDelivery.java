package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.codec.DeliveryMessage;
import dev.sluice.adapter.broker.connection.ConsumerChannel;
import dev.sluice.domain.delivery.Resolution;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A delivery that RabbitMQ gave to this node and wants to hear of.
final class ReceivedDelivery {

  private final DeliveryMessage message;
  private final ConsumerChannel consumerChannel;
  private final long tag;
  private final long since = System.nanoTime();
  private final AtomicBoolean isDone = new AtomicBoolean();

  /// Whether an answer was lost that may have been that it is begun.
  private volatile boolean mayBeBegun;

  /// What the message decided that was published to go on with the delivery.
  private volatile @Nullable Resolution published;

  /// @param consumerChannel over which it came
  /// @param tag its name there
  ReceivedDelivery(DeliveryMessage message, ConsumerChannel consumerChannel, long tag) {
    this.message = message;
    this.consumerChannel = consumerChannel;
    this.tag = tag;
  }

  DeliveryMessage message() {
    return message;
  }

  /// For how long it has been here.
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - since);
  }

  /// Redis was asked to begin it, and the answer was lost.
  void mayBeBegun() {
    mayBeBegun = true;
  }

  boolean isPerhapsBegun() {
    return mayBeBegun;
  }

  /// RabbitMQ confirmed the message that goes on with the delivery after this.
  void published(Resolution resolution) {
    published = resolution;
  }

  /// What was published already, when the attempt could not be settled.
  Optional<Resolution> published() {
    return Optional.ofNullable(published);
  }

  /// Whether RabbitMQ still waits to hear of it from this node: else it is done with, or somebody
  /// else's.
  boolean isHeld() {
    return consumerChannel.isOpen() && !isDone.get();
  }

  /// It is done with: RabbitMQ may forget it. Said twice, the channel would be closed.
  void done() {
    if (isDone.compareAndSet(false, true)) {
      consumerChannel.acknowledge(tag);
    }
  }
}
