package dev.sluice.adapter.memory;

import dev.sluice.domain.subscription.Ordering;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The lanes of an ordered subscription that have unfinished deliveries or are blocked, by key;
/// guarded by the storage's lock.
final class SubscriptionLanes {

  private final Map<String, OpenLane> open = new HashMap<>();
  private final Map<String, OpenLane> blocked = new HashMap<>();
  private Ordering ordering;

  SubscriptionLanes(Ordering ordering) {
    this.ordering = ordering;
  }

  boolean isBlocking() {
    return ordering.onFailure() == Ordering.OnFailure.BLOCK;
  }

  void become(Ordering other) {
    ordering = other;
  }

  /// Returns the lane of a key, which is empty when it is new.
  OpenLane open(String key) {
    return open.computeIfAbsent(key, OpenLane::new);
  }

  @Nullable OpenLane find(String key) {
    return open.get(key);
  }

  Collection<OpenLane> all() {
    return List.copyOf(open.values());
  }

  Collection<OpenLane> blocked() {
    return List.copyOf(blocked.values());
  }

  int countBlocked() {
    return blocked.size();
  }

  /// Returns the lanes with a key after this one, in the order of their keys.
  Stream<OpenLane> after(String key, boolean onlyBlocked) {
    return (onlyBlocked ? blocked : open)
        .values().stream()
            .filter(lane -> lane.key.compareTo(key) > 0)
            .sorted(Comparator.comparing((OpenLane lane) -> lane.key));
  }

  /// Must be called after a change of a lane.
  void changed(OpenLane lane) {
    if (lane.isEmpty()) {
      open.remove(lane.key);
    }
    if (lane.isBlocked()) {
      blocked.put(lane.key, lane);
    } else if (!blocked.isEmpty()) {
      blocked.remove(lane.key);
    }
  }
}
