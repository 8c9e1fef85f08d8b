package dev.sluice.adapter.memory;

import dev.sluice.domain.subscription.Ordering;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The lanes of an ordered subscription that have unfinished deliveries or are blocked, by key;
/// guarded by the storage's lock.
final class SubscriptionLanes {

  private final TreeMap<String, OpenLane> open = new TreeMap<>();
  private final TreeMap<String, OpenLane> blocked = new TreeMap<>();
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
    return open.computeIfAbsent(key, _ -> new OpenLane());
  }

  @Nullable OpenLane find(String key) {
    return open.get(key);
  }

  List<String> keys() {
    return new ArrayList<>(open.keySet());
  }

  List<String> blockedKeys() {
    return new ArrayList<>(blocked.keySet());
  }

  int countBlocked() {
    return blocked.size();
  }

  SortedMap<String, OpenLane> after(String key, boolean onlyBlocked) {
    return (onlyBlocked ? blocked : open).tailMap(key, false);
  }

  /// Must be called after a change of a lane.
  void changed(String key, OpenLane lane) {
    if (lane.isEmpty()) {
      open.remove(key);
    }
    if (lane.isBlocked()) {
      blocked.put(key, lane);
    } else {
      blocked.remove(key);
    }
  }
}
