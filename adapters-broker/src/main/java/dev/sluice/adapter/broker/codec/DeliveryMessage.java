package dev.sluice.adapter.broker.codec;

import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.Optional;

/// A delivery on its way through RabbitMQ, with everything that is needed to continue if Redis knew
/// nothing.
///
/// Of two messages for one delivery, the one with fewer attempts is outdated; of two first ones,
/// the one that is due earlier than Redis says.
///
/// @param sequence the event's sequence
/// @param event the event to deliver
/// @param subscription for whom; empty for an event without subscriptions
/// @param attempts as they were when it was published
/// @param replays how often the delivery was replayed
/// @param dueAt since when the delivery may begin
/// @param notBefore when to check it again, by the clock of the node that set it; a delivery that
///   may begin at once does not wait for clocks that differ
/// @param failure why the last attempt failed
/// @param history the attempts so far, as [AttemptCodec] encodes them
public record DeliveryMessage(
    long sequence,
    Event event,
    Optional<SubscriptionName> subscription,
    AttemptCount attempts,
    int replays,
    Instant dueAt,
    Instant notBefore,
    Optional<FailureCause> failure,
    String history) {

  /// No delay: the delivery may be checked as soon as it arrives.
  public static final Instant AT_ONCE = Instant.EPOCH;

  /// Headers must fit into a frame of 128 KiB, so older attempts are left out.
  private static final int LONGEST_HISTORY = 16_000;

  /// Returns the first message of a delivery.
  public static DeliveryMessage first(
      long sequence, Event event, Optional<SubscriptionName> subscription) {
    return new DeliveryMessage(
        sequence,
        event,
        subscription,
        AttemptCount.NONE,
        0,
        event.receivedAt(),
        AT_ONCE,
        Optional.empty(),
        "");
  }

  /// Returns the first message of a delivery that does not begin before this time, which may have
  /// passed.
  public DeliveryMessage notBefore(Instant time) {
    return new DeliveryMessage(
        sequence, event, subscription, attempts, replays, time, time, failure, history);
  }

  /// Returns whether the delivery was never attempted, and did not begin at once.
  public boolean isScheduled() {
    return attempts.started() == 0 && notBefore.isAfter(AT_ONCE);
  }

  /// Returns a copy that is to be checked later.
  public DeliveryMessage later(Instant newNotBefore) {
    return new DeliveryMessage(
        sequence, event, subscription, attempts, replays, dueAt, newNotBefore, failure, history);
  }

  /// Returns the message of the next attempt after a failed one.
  public DeliveryMessage retry(AttemptCount newAttempts, Instant newDueAt, FailureCause cause) {
    return new DeliveryMessage(
        sequence,
        event,
        subscription,
        newAttempts,
        replays,
        newDueAt,
        newDueAt,
        Optional.of(cause),
        history);
  }

  /// Returns a copy with this failure.
  public DeliveryMessage failed(FailureCause cause) {
    return new DeliveryMessage(
        sequence,
        event,
        subscription,
        attempts,
        replays,
        dueAt,
        notBefore,
        Optional.of(cause),
        history);
  }

  /// Returns the message of the next attempt after one that was handed back.
  public DeliveryMessage handedBack(int started) {
    return new DeliveryMessage(
        sequence,
        event,
        subscription,
        new AttemptCount(started, attempts.spent()),
        replays,
        dueAt,
        AT_ONCE,
        failure,
        history);
  }

  /// Returns a copy with one more attempt in its history.
  public DeliveryMessage remembering(String attempt) {
    String longer = history.isEmpty() ? attempt : history + "\n" + attempt;
    while (longer.length() > LONGEST_HISTORY && longer.indexOf('\n') > 0) {
      longer = longer.substring(longer.indexOf('\n') + 1);
    }
    return new DeliveryMessage(
        sequence, event, subscription, attempts, replays, dueAt, notBefore, failure, longer);
  }

  /// Returns the message that replays the finished delivery.
  public DeliveryMessage replayed(Instant at) {
    return new DeliveryMessage(
        sequence,
        event,
        subscription,
        new AttemptCount(attempts.started(), 0),
        replays + 1,
        at,
        AT_ONCE,
        Optional.empty(),
        history);
  }

  /// Returns the name of the subscription; empty for none.
  public String subscriptionText() {
    return subscription.map(SubscriptionName::value).orElse("");
  }
}
