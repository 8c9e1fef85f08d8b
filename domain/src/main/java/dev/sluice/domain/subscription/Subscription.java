package dev.sluice.domain.subscription;

import dev.sluice.domain.event.EventType;
import java.util.List;

/// A named interest in events: which events, which handler processes them, and how failures are
/// retried.
///
/// @param name unique name
/// @param patterns an event belongs to the subscription when at least one of these matches its type
/// @param handler the handler that processes the events
/// @param retryPolicy decides what happens after a failed attempt
public record Subscription(
    SubscriptionName name,
    List<TypePattern> patterns,
    HandlerName handler,
    RetryPolicy retryPolicy) {

  /// @throws IllegalArgumentException when there is no pattern
  public Subscription {
    patterns = List.copyOf(patterns);
    if (patterns.isEmpty()) {
      throw new IllegalArgumentException(
          "subscription " + name + " needs at least one type pattern");
    }
  }

  /// Returns whether events of this type belong to the subscription.
  public boolean wants(EventType type) {
    for (TypePattern pattern : patterns) {
      if (pattern.matches(type)) {
        return true;
      }
    }
    return false;
  }
}
