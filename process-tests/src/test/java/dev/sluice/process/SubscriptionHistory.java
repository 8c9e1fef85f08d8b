package dev.sluice.process;

import dev.sluice.application.routing.RoutingTable;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.format.JsonFilterFormat;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// All versions of all subscriptions: by them it follows where an event had to go. Used by one
/// thread.
final class SubscriptionHistory {

  private static final String BUILT_IN = "default";

  private final Map<String, TreeMap<Long, Subscription>> byName = new HashMap<>();

  /// One for each version of a subscription, so that no index over several takes part.
  private final Map<Long, RoutingTable> tables = new HashMap<>();

  private long newest;

  /// @param versions in any order
  SubscriptionHistory(List<Subscription> versions) {
    for (Subscription version : versions) {
      byName
          .computeIfAbsent(version.name().value(), _ -> new TreeMap<>())
          .put(version.version(), version);
      newest = Math.max(newest, version.version());
    }
  }

  /// Returns the newest version of the set.
  long newest() {
    return newest;
  }

  /// Returns the names of the subscriptions to which a version of the set sends an event.
  Set<String> routesOf(Event event, long version) {
    var routes = new HashSet<String>();
    boolean isStored = false;
    for (var entry : byName.entrySet()) {
      var held = entry.getValue().floorEntry(version);
      if (held != null && held.getValue().lifecycle() != Lifecycle.DELETED) {
        isStored = true;
        if (takes(held.getValue(), event)) {
          routes.add(entry.getKey());
        }
      }
    }
    return isStored ? routes : Set.of(BUILT_IN);
  }

  private boolean takes(Subscription subscription, Event event) {
    return !tables
        .computeIfAbsent(subscription.version(), _ -> tableOf(subscription))
        .routesFor(event)
        .isEmpty();
  }

  private static RoutingTable tableOf(Subscription subscription) {
    return RoutingTable.empty(new JsonFilterFormat()).next(List.of(subscription));
  }
}
