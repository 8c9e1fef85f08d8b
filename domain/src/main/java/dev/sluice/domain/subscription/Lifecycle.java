package dev.sluice.domain.subscription;

import java.util.Locale;

/// What a version of a subscription does with events and deliveries.
public enum Lifecycle {
  /// New events are routed to it, and its deliveries are processed.
  ACTIVE,
  /// It was deleted: it gets no new events, and its deliveries are processed to their end.
  FINISHING,
  /// It was deleted: it gets no new events, and its waiting deliveries are cancelled.
  CANCELLING,
  /// It was deleted and has no unfinished deliveries. Only its history is left.
  DELETED;

  /// Returns whether new events are routed to the subscription.
  public boolean takesEvents() {
    return this == ACTIVE;
  }

  /// Returns whether workers may claim its deliveries.
  public boolean allowsClaims() {
    return this == ACTIVE || this == FINISHING;
  }

  /// Returns the name in the API, in lower case.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
