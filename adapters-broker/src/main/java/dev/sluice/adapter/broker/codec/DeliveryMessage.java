package dev.sluice.adapter.broker.codec;

import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.Optional;

/// A delivery on its way through RabbitMQ, with all that it takes to go on if Redis knew nothing.
///
/// Of two messages for one delivery, that with fewer attempts is out of date.
///
/// @param number the event's
/// @param event what it is about
/// @param subscription for whom; nothing for an event that nobody wants
/// @param attempts as they stood when it was published
/// @param replays how often it was put back to work
/// @param dueAt since when the delivery may be begun
/// @param notBefore when it is to be looked at again, by the clock of the node that says so; a
///   delivery that may be begun at once does not wait for clocks that differ
/// @param failure why the last attempt failed
/// @param history the attempts so far, as [AttemptCodec] has them
public record DeliveryMessage(
    long number,
    Event event,
    Optional<SubscriptionName> subscription,
    AttemptCount attempts,
    int replays,
    Instant dueAt,
    Instant notBefore,
    Optional<FailureCause> failure,
    String history) {

  /// For what may be looked at as soon as it comes.
  public static final Instant AT_ONCE = Instant.EPOCH;

  /// Headers must fit into a frame of 128 KiB; older attempts are left out.
  private static final int LONGEST_HISTORY = 16_000;

  /// The first message of a delivery.
  public static DeliveryMessage first(
      long number, Event event, Optional<SubscriptionName> subscription) {
    return new DeliveryMessage(
        number,
        event,
        subscription,
        AttemptCount.NONE,
        0,
        event.receivedAt(),
        AT_ONCE,
        Optional.empty(),
        "");
  }

  /// The same, to be looked at later.
  public DeliveryMessage later(Instant newNotBefore) {
    return new DeliveryMessage(
        number, event, subscription, attempts, replays, dueAt, newNotBefore, failure, history);
  }

  /// The message of another attempt after a failed one.
  public DeliveryMessage retry(AttemptCount newAttempts, Instant newDueAt, FailureCause cause) {
    return new DeliveryMessage(
        number,
        event,
        subscription,
        newAttempts,
        replays,
        newDueAt,
        newDueAt,
        Optional.of(cause),
        history);
  }

  /// The same, after this failure.
  public DeliveryMessage failed(FailureCause cause) {
    return new DeliveryMessage(
        number,
        event,
        subscription,
        attempts,
        replays,
        dueAt,
        notBefore,
        Optional.of(cause),
        history);
  }

  /// The message of another attempt after one that was handed back.
  public DeliveryMessage handedBack(int started) {
    return new DeliveryMessage(
        number,
        event,
        subscription,
        new AttemptCount(started, attempts.spent()),
        replays,
        dueAt,
        AT_ONCE,
        failure,
        history);
  }

  /// The same with one more attempt in its history.
  public DeliveryMessage remembering(String attempt) {
    String longer = history.isEmpty() ? attempt : history + "\n" + attempt;
    while (longer.length() > LONGEST_HISTORY && longer.indexOf('\n') > 0) {
      longer = longer.substring(longer.indexOf('\n') + 1);
    }
    return new DeliveryMessage(
        number, event, subscription, attempts, replays, dueAt, notBefore, failure, longer);
  }

  /// The message that puts the finished delivery back to work.
  public DeliveryMessage replayed(Instant at) {
    return new DeliveryMessage(
        number,
        event,
        subscription,
        new AttemptCount(attempts.started(), 0),
        replays + 1,
        at,
        AT_ONCE,
        Optional.empty(),
        history);
  }

  /// The subscription as texts have it: empty for none.
  public String subscriptionText() {
    return subscription.map(SubscriptionName::value).orElse("");
  }
}
