package dev.sluice.domain.figures;

import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Counts of deliveries for each subscription.
///
/// @param found subscriptions of which deliveries were found
/// @param others counts of every other subscription: zero, or at least zero where not all
///   deliveries were counted
public record CountsBySubscription(
    Map<SubscriptionName, SubscriptionCounts> found, SubscriptionCounts others) {

  public CountsBySubscription {
    found = Map.copyOf(found);
  }

  /// Returns the counts of a subscription.
  public SubscriptionCounts of(SubscriptionName subscription) {
    return found.getOrDefault(subscription, others);
  }

  /// Collects counts. Used by one thread.
  public static final class Builder {

    private final Map<SubscriptionName, Entry> entries = new HashMap<>();
    private final Map<SubscriptionName, Instant> oldest = new HashMap<>();
    private final Set<DeliveryStatus> atLeast = EnumSet.noneOf(DeliveryStatus.class);

    /// Begins without counts.
    public Builder() {}

    private static final class Entry {
      private final Map<DeliveryStatus, Long> deliveries = new EnumMap<>(DeliveryStatus.class);
      private final Set<DeliveryStatus> atLeast = EnumSet.noneOf(DeliveryStatus.class);

      private SubscriptionCounts counts(Set<DeliveryStatus> atLeastOfAll, Instant oldest) {
        atLeast.addAll(atLeastOfAll);
        return new SubscriptionCounts(deliveries, atLeast, oldest);
      }
    }

    private Entry entry(SubscriptionName subscription) {
      return entries.computeIfAbsent(subscription, _ -> new Entry());
    }

    /// Adds deliveries of a subscription.
    public void add(SubscriptionName subscription, DeliveryStatus status, long number) {
      if (number > 0) {
        entry(subscription).deliveries.merge(status, number, Long::sum);
      }
    }

    /// Adds a time since which a delivery of a subscription has been due.
    public void waitsSince(SubscriptionName subscription, Instant due) {
      var _ = entry(subscription);
      oldest.merge(subscription, due, (one, other) -> one.isBefore(other) ? one : other);
    }

    /// Records that a subscription may have more deliveries in this status.
    public void mayHaveMore(SubscriptionName subscription, DeliveryStatus status) {
      entry(subscription).atLeast.add(status);
    }

    /// Records that every subscription may have more deliveries in this status.
    public void mayHaveMore(DeliveryStatus status) {
      atLeast.add(status);
    }

    /// Returns what was collected.
    public CountsBySubscription build() {
      var found = new HashMap<SubscriptionName, SubscriptionCounts>();
      entries.forEach(
          (name, entry) ->
              found.put(name, entry.counts(atLeast, oldest.getOrDefault(name, Instant.MAX))));
      return new CountsBySubscription(
          found, new SubscriptionCounts(Map.of(), atLeast, Instant.MAX));
    }
  }
}
