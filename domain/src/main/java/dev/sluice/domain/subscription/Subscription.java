package dev.sluice.domain.subscription;

import java.time.Instant;

/// One version of a subscription: a named interest in events.
///
/// @param name unique name
/// @param version the version of the set of all subscriptions since which this holds. It grows with
///   each change of any subscription, so no two versions of a subscription have the same
/// @param definition which events, where to, and how
/// @param lifecycle what becomes of events and deliveries
/// @param origin where the definition comes from
/// @param changedBy who made this version
/// @param changedAt when, by the clock of the node that made it
public record Subscription(
    SubscriptionName name,
    long version,
    SubscriptionDefinition definition,
    Lifecycle lifecycle,
    Origin origin,
    String changedBy,
    Instant changedAt) {

  /// Where the definition of a subscription comes from.
  public enum Origin {
    /// Made through the API, and changed there.
    API,
    /// Declared in a file, and changed only there.
    FILE,
    /// Made by the service, because there is no other.
    BUILT_IN
  }

  /// Returns the subscription that holds while no other is stored.
  public static Subscription builtIn(SubscriptionDefinition definition) {
    return new Subscription(
        SubscriptionName.DEFAULT,
        0,
        definition,
        Lifecycle.ACTIVE,
        Origin.BUILT_IN,
        "service",
        Instant.EPOCH);
  }

  /// Returns this version with another lifecycle.
  public Subscription with(Lifecycle other) {
    return new Subscription(name, version, definition, other, origin, changedBy, changedAt);
  }
}
