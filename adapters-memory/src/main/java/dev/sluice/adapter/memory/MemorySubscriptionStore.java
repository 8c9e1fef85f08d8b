package dev.sluice.adapter.memory;

import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionChangeResult;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.SubscriptionSet;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Keeps subscriptions and their versions in the heap, guarded by this object's monitor.
final class MemorySubscriptionStore implements SubscriptionStore {

  private static final Comparator<SubscriptionName> BY_NAME =
      Comparator.comparing(SubscriptionName::value);

  /// Newest version first.
  private final Map<SubscriptionName, Deque<Subscription>> versions = new HashMap<>();

  /// Those that are not deleted.
  private final Map<SubscriptionName, Subscription> current = new TreeMap<>(BY_NAME);

  private long version;

  @Override
  public boolean canOrder() {
    return true;
  }

  @Override
  public synchronized long version() {
    return version;
  }

  @Override
  public synchronized SubscriptionSet all() {
    return new SubscriptionSet(version, List.copyOf(current.values()));
  }

  @Override
  public synchronized Optional<Changes> changedSince(long since, int limit) {
    List<Subscription> changed =
        versions.values().stream()
            .map(Deque::getFirst)
            .filter(subscription -> subscription.version() > since)
            .limit(limit + 1L)
            .toList();
    boolean isKnown = since <= version && changed.size() <= limit;
    return isKnown ? Optional.of(new Changes(version, changed)) : Optional.empty();
  }

  @Override
  public synchronized SubscriptionChangeResult change(
      List<SubscriptionChange> changes, String by, Instant at) {
    for (SubscriptionChange change : changes) {
      Subscription stored = current.get(change.name());
      if (!change.mayReplace(versionOf(stored))) {
        return new SubscriptionChangeResult.Conflict(change.name(), Optional.ofNullable(stored));
      }
    }
    if (sizeAfter(changes) > MAX_SUBSCRIPTIONS) {
      return new SubscriptionChangeResult.Full();
    }
    version++;
    return new SubscriptionChangeResult.Stored(
        changes.stream().map(change -> store(change, by, at)).toList());
  }

  private static OptionalLong versionOf(@Nullable Subscription stored) {
    return stored == null ? OptionalLong.empty() : OptionalLong.of(stored.version());
  }

  private long sizeAfter(List<SubscriptionChange> changes) {
    long size = current.size();
    for (SubscriptionChange change : changes) {
      boolean isStored = current.containsKey(change.name());
      boolean staysStored = change.lifecycle() != Lifecycle.DELETED;
      size += (staysStored ? 1 : 0) - (isStored ? 1 : 0);
    }
    return size;
  }

  private Subscription store(SubscriptionChange change, String by, Instant at) {
    Subscription stored = change.at(version, by, at);
    Deque<Subscription> kept = versions.computeIfAbsent(change.name(), _ -> new ArrayDeque<>());
    kept.addFirst(stored);
    if (kept.size() > MAX_VERSIONS) {
      kept.removeLast();
    }
    if (stored.lifecycle() == Lifecycle.DELETED) {
      current.remove(stored.name());
    } else {
      current.put(stored.name(), stored);
    }
    return stored;
  }

  @Override
  public synchronized List<Subscription> versions(SubscriptionName name, int limit) {
    Deque<Subscription> kept = versions.getOrDefault(name, new ArrayDeque<>());
    return new ArrayList<>(kept).stream().limit(limit).toList();
  }
}
