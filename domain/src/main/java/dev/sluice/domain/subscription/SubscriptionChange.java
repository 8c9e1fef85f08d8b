package dev.sluice.domain.subscription;

import java.time.Instant;
import java.util.OptionalLong;

/// A new version of a subscription, to be stored.
///
/// @param name the subscription
/// @param expected which version it may replace
/// @param definition its new definition
/// @param lifecycle its new lifecycle
/// @param origin where the definition comes from
public record SubscriptionChange(
    SubscriptionName name,
    Expected expected,
    SubscriptionDefinition definition,
    Lifecycle lifecycle,
    Subscription.Origin origin) {

  /// Returns the same change with another destination.
  public SubscriptionChange with(Destination other) {
    return new SubscriptionChange(name, expected, definition.with(other), lifecycle, origin);
  }

  /// Returns the subscription after this change.
  ///
  /// @param version the new version of the set
  /// @param by who changed it
  /// @param at when
  public Subscription at(long version, String by, Instant at) {
    return new Subscription(name, version, definition, lifecycle, origin, by, at);
  }

  /// Returns whether this change may replace what is stored.
  ///
  /// @param stored the version of the stored subscription; empty when there is none or it is
  ///   deleted
  public boolean mayReplace(OptionalLong stored) {
    return allows(expected, stored);
  }

  /// Returns whether what is stored may be replaced.
  ///
  /// @param stored the stored version; empty when there is none
  public static boolean allows(Expected expected, OptionalLong stored) {
    return switch (expected) {
      case Expected.Any() -> true;
      case Expected.Absent() -> stored.isEmpty();
      case Expected.Version(long wanted) -> stored.isPresent() && stored.getAsLong() == wanted;
    };
  }

  /// Which version a change may replace.
  public sealed interface Expected {

    /// Whichever is stored, or none.
    record Any() implements Expected {}

    /// None: no subscription of this name is stored, or it is deleted.
    record Absent() implements Expected {}

    /// This one, which is not deleted.
    record Version(long version) implements Expected {}

    Expected ANY = new Any();
    Expected ABSENT = new Absent();
  }
}
