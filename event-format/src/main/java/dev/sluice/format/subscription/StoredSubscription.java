package dev.sluice.format.subscription;

import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.format.MalformedJsonException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/// A version of a subscription as storages keep it: in texts, which a later version of Sluice may
/// have written.
///
/// @param name its name
/// @param version the version of the set since which it holds
/// @param lifecycle the wire name of its lifecycle
/// @param origin where the definition comes from, in lower case
/// @param definition in JSON
/// @param changedBy who made it
/// @param changedAt when
public record StoredSubscription(
    String name,
    long version,
    String lifecycle,
    String origin,
    String definition,
    String changedBy,
    Instant changedAt) {

  /// Encodes a subscription.
  ///
  /// @throws IllegalArgumentException when it could not be decoded again
  public static StoredSubscription of(Subscription subscription) {
    var stored =
        new StoredSubscription(
            subscription.name().value(),
            subscription.version(),
            subscription.lifecycle().wireName(),
            wireName(subscription.origin()),
            SubscriptionFormat.writeStored(subscription.definition()),
            subscription.changedBy(),
            subscription.changedAt());
    // Otherwise it would be stored, and then skipped by every node.
    var _ = stored.decode();
    return stored;
  }

  /// Returns the subscription.
  ///
  /// @throws IllegalArgumentException when this version of Sluice does not understand it
  Subscription decode() {
    return new Subscription(
        new SubscriptionName(name),
        version,
        parsedDefinition(),
        Arrays.stream(Lifecycle.values())
            .filter(one -> one.wireName().equals(lifecycle))
            .findAny()
            .orElseThrow(() -> new IllegalArgumentException("unknown lifecycle " + lifecycle)),
        Arrays.stream(Subscription.Origin.values())
            .filter(one -> wireName(one).equals(origin))
            .findAny()
            .orElseThrow(() -> new IllegalArgumentException("unknown origin " + origin)),
        changedBy,
        changedAt);
  }

  private SubscriptionDefinition parsedDefinition() {
    try {
      // Storages keep every member of a retry policy, so the defaults are never used.
      return switch (SubscriptionFormat.read(definition, RetryPolicy.DEFAULT)) {
        case ReadSubscription.Valid(SubscriptionDefinition valid) -> valid;
        case ReadSubscription.Invalid(var problems) ->
            throw new IllegalArgumentException(
                problems.getFirst().name() + " " + problems.getFirst().detail());
      };
    } catch (MalformedJsonException e) {
      throw new IllegalArgumentException("its definition is damaged: " + e.getMessage(), e);
    }
  }

  private static String wireName(Subscription.Origin origin) {
    return origin.name().toLowerCase(Locale.ROOT);
  }
}
