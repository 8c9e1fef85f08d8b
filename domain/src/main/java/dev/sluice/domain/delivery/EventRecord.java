package dev.sluice.domain.delivery;

import dev.sluice.domain.subscription.SubscriptionName;
import java.util.List;

/// An event with its deliveries and their attempts.
///
/// @param summary the event and its deliveries
/// @param history the attempts of each delivery
/// @param routedBy the version of the set of subscriptions that routed the event; 0 when it is not
///   known, or no subscription was stored
public record EventRecord(EventSummary summary, List<History> history, long routedBy) {

  public EventRecord {
    history = List.copyOf(history);
  }

  /// The attempts of one delivery.
  ///
  /// @param subscription the subscription of the delivery
  /// @param attempts the newest [#MAX_ATTEMPTS] at most, oldest first
  public record History(SubscriptionName subscription, List<Attempt> attempts) {

    /// Older attempts are deleted, so that repeated replays cannot grow an event without bound.
    public static final int MAX_ATTEMPTS = 100;

    public History {
      attempts = List.copyOf(attempts);
    }
  }
}
