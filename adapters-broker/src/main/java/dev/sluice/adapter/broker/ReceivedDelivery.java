package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.codec.DeliveryMessage;
import dev.sluice.adapter.broker.connection.ConsumerChannel;
import dev.sluice.domain.delivery.Resolution;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A delivery that RabbitMQ sent to this node and that is not acknowledged.
final class ReceivedDelivery {

  private final DeliveryMessage message;
  private final ConsumerChannel consumerChannel;
  private final long tag;
  private final long since = System.nanoTime();
  private final AtomicBoolean isDone = new AtomicBoolean();

  /// Whether Redis may have begun it, because its answer was lost.
  private volatile boolean mayBeBegun;

  /// The resolution in the follow-up message that was published.
  private volatile @Nullable Resolution published;

  /// @param consumerChannel the channel over which it came
  /// @param tag its delivery tag on that channel
  ReceivedDelivery(DeliveryMessage message, ConsumerChannel consumerChannel, long tag) {
    this.message = message;
    this.consumerChannel = consumerChannel;
    this.tag = tag;
  }

  DeliveryMessage message() {
    return message;
  }

  /// Returns how long it has been on this node.
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - since);
  }

  /// Records that Redis was asked to begin it, and that the answer was lost.
  void mayBeBegun() {
    mayBeBegun = true;
  }

  boolean isPerhapsBegun() {
    return mayBeBegun;
  }

  /// Records that RabbitMQ confirmed the follow-up message of the delivery.
  void published(Resolution resolution) {
    published = resolution;
  }

  /// Returns the resolution that an earlier try to settle the attempt has published.
  Optional<Resolution> published() {
    return Optional.ofNullable(published);
  }

  /// Returns whether this node still has to acknowledge it. If not, it is acknowledged, or RabbitMQ
  /// has requeued it for others.
  boolean isHeld() {
    return consumerChannel.isOpen() && !isDone.get();
  }

  /// Acknowledges the message, at most once: RabbitMQ closes the channel on a second
  /// acknowledgement.
  void done() {
    if (isDone.compareAndSet(false, true)) {
      consumerChannel.acknowledge(tag);
    }
  }
}
