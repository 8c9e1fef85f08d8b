package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.domain.lane.Lane;
import dev.sluice.domain.lane.LaneId;
import dev.sluice.domain.subscription.Ordering;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What the writer keeps in memory of lanes, so that it need not count deliveries: measured, that
/// costs next to nothing, and a table of lanes a fifth of the rate. It follows the database's
/// transactions. Used by the writer's thread, except [#known].
final class LaneTable {

  /// What is done with the deliveries of a subscription.
  enum Phase {
    /// Lanes are formed of those that waited before it was ordered. None of them moves.
    ARRANGING,
    /// They stand in lanes.
    ARRANGED,
    /// Lanes are released, because it is no longer ordered.
    DISSOLVING
  }

  /// How a subscription is ordered.
  record Known(Ordering ordering, Phase phase) {

    boolean isBlocking() {
      return ordering.onFailure() == Ordering.OnFailure.BLOCK;
    }
  }

  private final Map<SubscriptionName, Known> ordered = new ConcurrentHashMap<>();
  private final Map<SubscriptionName, Map<String, Lane>> lanes = new HashMap<>();
  private final WriterCache transaction;

  LaneTable(WriterCache transaction) {
    this.transaction = transaction;
  }

  /// Returns how a subscription is ordered; null when it is not. For every thread.
  @Nullable Known known(SubscriptionName subscription) {
    return ordered.isEmpty() ? null : ordered.get(subscription);
  }

  /// Records how a subscription is ordered.
  ///
  /// @param known null when it no longer is
  void put(SubscriptionName subscription, @Nullable Known known) {
    Known before = set(subscription, known);
    transaction.onRollback(
        () -> {
          var _ = set(subscription, before);
        });
  }

  private @Nullable Known set(SubscriptionName subscription, @Nullable Known known) {
    return known == null ? ordered.remove(subscription) : ordered.put(subscription, known);
  }

  Lane lane(LaneId id) {
    return lanes.getOrDefault(id.subscription(), Map.of()).getOrDefault(id.key(), Lane.EMPTY);
  }

  /// Changes a lane.
  ///
  /// @return the lane after the change
  Lane change(LaneId id, UnaryOperator<Lane> change) {
    Lane before = lane(id);
    Lane after = change.apply(before);
    set(id, after);
    transaction.onRollback(() -> set(id, before));
    return after;
  }

  private void set(LaneId id, Lane lane) {
    Map<String, Lane> ofSubscription =
        lanes.computeIfAbsent(id.subscription(), _ -> new HashMap<>());
    if (lane.isEmpty()) {
      ofSubscription.remove(id.key());
    } else {
      ofSubscription.put(id.key(), lane);
    }
  }

  /// Forgets all lanes of a subscription.
  void clear(SubscriptionName subscription) {
    Map<String, Lane> before = lanes.remove(subscription);
    transaction.onRollback(
        () -> {
          if (before == null) {
            lanes.remove(subscription);
          } else {
            lanes.put(subscription, before);
          }
        });
  }

  /// Returns lanes that need a head.
  List<LaneId> withoutHead(SubscriptionName subscription, int limit) {
    return lanes.getOrDefault(subscription, Map.of()).entrySet().stream()
        .filter(entry -> entry.getValue().isWithoutHead())
        .limit(limit)
        .map(entry -> new LaneId(subscription, entry.getKey()))
        .toList();
  }
}
