package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.postgres.sql.LaneSql;
import dev.sluice.domain.lane.LaneId;
import dev.sluice.domain.port.BulkStep.ChangedEvent;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.subscription.Ordering;
import dev.sluice.domain.subscription.SubscriptionName;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Keeps the lanes of ordered subscriptions. For all others it does nothing.
final class LaneWrites {

  private static final System.Logger LOG = System.getLogger(LaneWrites.class.getName());

  private final ConnectionPool work;
  private final DatabaseClock clock;
  private final WorkNews news;

  /// The ordered subscriptions that this node knows of. When it misses one for a moment, lanes may
  /// stop until the next look at them, but deliveries of a key never overtake each other.
  private final Set<SubscriptionName> ordered = ConcurrentHashMap.newKeySet();

  LaneWrites(ConnectionPool work, DatabaseClock clock, WorkNews news) {
    this.work = work;
    this.clock = clock;
    this.news = news;
  }

  /// Records whether a subscription is ordered.
  void know(SubscriptionName subscription, boolean isOrdered) {
    if (isOrdered) {
      ordered.add(subscription);
    } else {
      ordered.remove(subscription);
    }
  }

  /// Returns whether this node knows a subscription as ordered.
  boolean knows(SubscriptionName subscription) {
    return ordered.contains(subscription);
  }

  /// Called before an event is stored for ordered subscriptions.
  void routed(Map<SubscriptionName, Ordering> orderings) {
    orderings.forEach(
        (subscription, ordering) -> {
          if (!ordered.contains(subscription)) {
            work.one(statements -> begin(statements, subscription, ordering));
            ordered.add(subscription);
          }
        });
  }

  static int begin(Statements statements, SubscriptionName subscription, Ordering ordering)
      throws SQLException {
    PreparedStatement begin = statements.of(LaneSql.BEGIN);
    begin.setString(1, subscription.value());
    begin.setString(2, ordering.onFailure().name());
    begin.setString(3, subscription.value());
    begin.setString(4, subscription.value());
    return begin.executeUpdate();
  }

  /// Returns the lanes of attempts that ended.
  List<LaneId> of(List<Settlement> settlements) {
    return settlements.stream()
        .map(Settlement::claim)
        .flatMap(claim -> lane(claim.subscription(), claim.event().attributes().key()))
        .distinct()
        .toList();
  }

  private Stream<LaneId> lane(SubscriptionName subscription, Optional<String> key) {
    return ordered.contains(subscription)
        ? key.map(value -> new LaneId(subscription, value)).stream()
        : Stream.of();
  }

  /// Returns the lanes of an event's deliveries.
  List<LaneId> of(List<SubscriptionName> subscriptions, Optional<String> key) {
    return subscriptions.stream().flatMap(subscription -> lane(subscription, key)).toList();
  }

  /// Locks lanes until the end of the transaction.
  static void lock(Statements statements, List<LaneId> lanes) throws SQLException {
    PreparedStatement lock = statements.of(LaneSql.LOCK);
    bind(lock, 1, lanes);
    try (ResultSet row = lock.executeQuery()) {
      while (row.next()) {
        // Locked.
      }
    }
  }

  /// Gives locked lanes the heads that they need. The caller announces them after the commit.
  ///
  /// @return the subscriptions of the heads
  List<SubscriptionName> advance(Statements statements, List<LaneId> lanes) throws SQLException {
    PreparedStatement advance = statements.of(LaneSql.ADVANCE);
    clock.bind(advance);
    bind(advance, 2, lanes);
    var heads = new ArrayList<SubscriptionName>();
    try (ResultSet row = advance.executeQuery()) {
      while (row.next()) {
        heads.add(new SubscriptionName(row.getString(1)));
      }
    }
    return heads;
  }

  /// Announces new heads.
  void announce(List<SubscriptionName> heads) {
    if (!heads.isEmpty()) {
      var due = new HashMap<SubscriptionName, Instant>();
      heads.forEach(subscription -> due.put(subscription, Instant.MIN));
      news.workArrived(due);
    }
  }

  private static void bind(PreparedStatement statement, int first, List<LaneId> lanes)
      throws SQLException {
    new ArrayParameters<>(statement, first, lanes)
        .texts(lane -> lane.subscription().value())
        .texts(LaneId::key);
  }

  /// Gives lanes the heads that they need, in a transaction of its own.
  ///
  /// @return how many
  int advance(List<LaneId> lanes) {
    if (lanes.isEmpty()) {
      return 0;
    }
    List<SubscriptionName> heads =
        work.all(
            statements -> {
              lock(statements, lanes);
              return advance(statements, lanes);
            });
    announce(heads);
    return heads.size();
  }

  /// Does the same after a change that is stored already. If it fails, the lanes stop until the
  /// next look at them.
  void advanceAfter(List<LaneId> lanes) {
    try {
      int _ = advance(lanes);
    } catch (PortException e) {
      LOG.log(Level.WARNING, "cannot move lanes on, retrying within seconds", e);
    }
  }

  /// Does the same after a step of a bulk job.
  void advanceAfterStep(List<ChangedEvent> changed) {
    if (!ordered.isEmpty()) {
      var lanes = new ArrayList<LaneId>();
      changed.forEach(event -> lanes.addAll(of(event.subscriptions(), event.key())));
      advanceAfter(lanes);
    }
  }
}
