package dev.sluice.domain.delivery;

import dev.sluice.domain.subscription.SubscriptionName;
import java.util.List;

/// All that is known of an event.
///
/// @param summary the event and its deliveries
/// @param history the attempts of each delivery
public record EventRecord(EventSummary summary, List<History> history) {

  public EventRecord {
    history = List.copyOf(history);
  }

  /// The attempts of one delivery.
  ///
  /// @param subscription which delivery
  /// @param attempts the newest [#MAX_ATTEMPTS] at most, oldest first
  public record History(SubscriptionName subscription, List<Attempt> attempts) {

    /// Older attempts are forgotten, so that replaying again and again cannot grow an event without
    /// end.
    public static final int MAX_ATTEMPTS = 100;

    public History {
      attempts = List.copyOf(attempts);
    }
  }
}
