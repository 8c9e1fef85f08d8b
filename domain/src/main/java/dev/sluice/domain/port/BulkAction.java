package dev.sluice.domain.port;

import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What can be done to many events at once.
public enum BulkAction {
  /// Back to work with a fresh budget of attempts: dead letters, and finished events in other
  /// statuses when the filter names them.
  REPLAY,
  /// Taken out before the next attempt.
  CANCEL,
  /// Dead letters that need no more attention: they become `cancelled` and stay on record.
  DISCARD;

  /// Narrows a filter to the events that the action can be done to; nothing when there can be none
  /// among those that it chooses.
  public Optional<EventFilter> qualifying(EventFilter filter) {
    if (filter.statuses().isEmpty()) {
      return Optional.of(filter.withStatuses(byDefault()));
    }
    EnumSet<EventStatus> both = possible();
    both.retainAll(filter.statuses());
    return both.isEmpty() ? Optional.empty() : Optional.of(filter.withStatuses(both));
  }

  private EnumSet<EventStatus> possible() {
    return this == REPLAY
        ? EnumSet.of(EventStatus.FAILED, EventStatus.CANCELLED, EventStatus.COMPLETED)
        : byDefault();
  }

  private EnumSet<EventStatus> byDefault() {
    return this == CANCEL
        ? EnumSet.of(EventStatus.RECEIVED, EventStatus.RETRYING)
        : EnumSet.of(EventStatus.FAILED);
  }

  /// Which deliveries of an event that passes the filter the action is done to.
  ///
  /// @param filter made by [#qualifying]
  public Set<DeliveryStatus> deliveries(EventFilter filter) {
    var statuses = EnumSet.noneOf(DeliveryStatus.class);
    for (EventStatus status : filter.statuses()) {
      statuses.add(DeliveryStatus.valueOf(status.name()));
    }
    // An event that waits for a retry of one delivery may wait for the first attempt of another.
    return this == CANCEL ? EnumSet.of(DeliveryStatus.RECEIVED, DeliveryStatus.RETRYING) : statuses;
  }

  /// The name in the API, in lower case.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The action with this name in the API, if there is one.
  public static Optional<BulkAction> fromWireName(String name) {
    return Arrays.stream(values()).filter(action -> action.wireName().equals(name)).findFirst();
  }
}
