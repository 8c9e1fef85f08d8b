package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.EventReads;
import dev.sluice.adapter.jdbc.LiveRow;
import dev.sluice.adapter.jdbc.LiveRow.LaneSpot;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.lane.LaneReads;
import dev.sluice.adapter.jdbc.sqlite.LaneTable.Known;
import dev.sluice.adapter.jdbc.sqlite.LaneTable.Phase;
import dev.sluice.adapter.jdbc.sqlite.sql.LaneSql;
import dev.sluice.domain.lane.Lane;
import dev.sluice.domain.lane.LaneId;
import dev.sluice.domain.subscription.Ordering;
import dev.sluice.domain.subscription.Ordering.OnFailure;
import dev.sluice.domain.subscription.SubscriptionName;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Forms and releases the lanes of subscriptions whose ordering changes, and reads all lanes at the
/// start; within the writer's transaction.
final class LaneArrangements {

  private static final System.Logger LOG = System.getLogger(LaneArrangements.class.getName());

  private final Statements statements;
  private final LiveRows rows;
  private final LaneWrites lanes;
  private final LaneTable table;
  private final WriterCache writerCache;

  /// Up to where the waiting deliveries of each subscription stand in lanes.
  private final Map<SubscriptionName, Reached> reached = new HashMap<>();

  /// A due time as it is stored, and a sequence.
  private record Reached(long dueAt, long seq) {

    static final Reached NOTHING = new Reached(Long.MIN_VALUE, Long.MIN_VALUE);
  }

  LaneArrangements(
      Statements statements,
      LiveRows rows,
      LaneWrites lanes,
      LaneTable table,
      WriterCache writerCache) {
    this.statements = statements;
    this.rows = rows;
    this.lanes = lanes;
    this.table = table;
    this.writerCache = writerCache;
  }

  /// Reads all lanes, when the database is opened.
  void load() throws SQLException {
    var known = new HashMap<SubscriptionName, Known>();
    try (ResultSet row = statements.of(LaneSql.ORDERED).executeQuery()) {
      while (row.next()) {
        known.put(
            new SubscriptionName(row.getString("name")),
            new Known(
                new Ordering(OnFailure.valueOf(row.getString("on_failure"))),
                Phase.valueOf(row.getString("state"))));
      }
    }
    for (Map.Entry<SubscriptionName, Known> one : known.entrySet()) {
      table.put(one.getKey(), one.getValue());
      load(one.getKey(), one.getValue());
    }
  }

  private void load(SubscriptionName name, Known known) throws SQLException {
    switch (known.phase()) {
      case DISSOLVING -> {
        // The next step continues.
      }
      case ARRANGING -> begin(name, known.ordering());
      case ARRANGED -> {
        count(LaneSql.COUNT_BEHIND, name, Lane::withBehind);
        count(LaneSql.COUNT_HEADS, name, Lane::withHead);
        block(name);
        repair(name);
      }
    }
  }

  private void count(String sql, SubscriptionName name, UnaryOperator<Lane> add)
      throws SQLException {
    PreparedStatement select = statements.of(sql);
    select.setString(1, name.value());
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        var lane = new LaneId(name, row.getString(1));
        Lane sum = table.lane(lane);
        for (long number = row.getLong(2); number > 0; number--) {
          sum = add.apply(sum);
        }
        Lane counted = sum;
        table.change(lane, _ -> counted);
      }
    }
  }

  private void block(SubscriptionName name) throws SQLException {
    for (LaneId lane : blocked(name, Integer.MAX_VALUE)) {
      table.change(lane, before -> new Lane(before.heads(), before.behind(), true));
    }
  }

  /// Gives lanes a head that have none: none should be without.
  private void repair(SubscriptionName name) throws SQLException {
    List<LaneId> headless = table.withoutHead(name, Integer.MAX_VALUE);
    if (!headless.isEmpty()) {
      LOG.log(
          Level.WARNING,
          "{0} lanes of subscription {1} had deliveries behind but no head; they continue",
          headless.size(),
          name.value());
      for (LaneId lane : headless) {
        lanes.raise(lane);
      }
    }
  }

  /// Called when an event was routed to an ordered subscription.
  void routed(SubscriptionName name, Ordering ordering) throws SQLException {
    if (table.known(name) == null) {
      begin(name, ordering);
    }
  }

  /// Does a part of what makes the stored deliveries agree with the ordering.
  ///
  /// @return whether there is more to do
  boolean arrange(SubscriptionName name, Optional<Ordering> ordering, int limit)
      throws SQLException {
    Known known = table.known(name);
    if (ordering.isEmpty()) {
      return known != null && dissolve(name, known, limit);
    }
    if (known == null || known.phase() == Phase.DISSOLVING) {
      begin(name, ordering.get());
    } else if (!known.ordering().equals(ordering.get())) {
      if (known.isBlocking() && unblock(name, limit)) {
        return true;
      }
      put(name, new Known(ordering.get(), known.phase()));
    }
    Known now = table.known(name);
    return now != null && now.phase() == Phase.ARRANGING && form(name, now, limit);
  }

  /// Returns whether [#arrange] has nothing to do. For every thread.
  boolean isArranged(SubscriptionName name, Optional<Ordering> ordering) {
    Known known = table.known(name);
    return known == null
        ? ordering.isEmpty()
        : ordering.filter(known.ordering()::equals).isPresent() && known.phase() == Phase.ARRANGED;
  }

  /// @return whether there may be more
  private boolean unblock(SubscriptionName name, int limit) throws SQLException {
    List<LaneId> blocked = blocked(name, limit);
    for (LaneId lane : blocked) {
      boolean _ = lanes.unblock(lane);
    }
    return blocked.size() == limit;
  }

  private List<LaneId> blocked(SubscriptionName name, int limit) throws SQLException {
    PreparedStatement select = statements.of(LaneSql.BLOCKED_OF_SUBSCRIPTION);
    select.setString(1, name.value());
    select.setInt(2, limit);
    return LaneReads.read(select, name);
  }

  private void put(SubscriptionName name, Known known) throws SQLException {
    PreparedStatement put = statements.of(LaneSql.PUT_ORDERED);
    put.setString(1, name.value());
    put.setString(2, known.ordering().onFailure().name());
    put.setString(3, known.phase().name());
    put.executeUpdate();
    table.put(name, known);
  }

  /// Begins to form lanes. Deliveries in progress are heads; all others follow step by step.
  private void begin(SubscriptionName name, Ordering ordering) throws SQLException {
    table.clear(name);
    reached.remove(name);
    if (!hasUnfinished(name)) {
      put(name, new Known(ordering, Phase.ARRANGED));
      return;
    }
    put(name, new Known(ordering, Phase.ARRANGING));
    // They are put into lanes again below, or step by step.
    PreparedStatement release = statements.of(LaneSql.RELEASE_HEADS);
    release.setString(1, name.value());
    release.executeUpdate();
    count(LaneSql.COUNT_BEHIND, name, Lane::withBehind);
    block(name);
    for (LiveRow leased : writerCache.leasedOf(name)) {
      Optional<String> key = keyOf(leased.seq());
      if (key.isPresent()) {
        var spot = new LaneSpot(key.get(), leased.seq(), false);
        rows.joinLane(leased, spot);
        writerCache.replace(leased.at(spot));
        table.change(new LaneId(name, key.get()), Lane::withHead);
      }
    }
  }

  private boolean hasUnfinished(SubscriptionName name) throws SQLException {
    PreparedStatement select = statements.of(LaneSql.HAS_UNFINISHED);
    select.setString(1, name.value());
    try (ResultSet row = select.executeQuery()) {
      return row.next();
    }
  }

  private Optional<String> keyOf(long seq) throws SQLException {
    return new EventReads(statements).head(seq).key();
  }

  /// Puts waiting deliveries behind in their lanes; when all are, gives each lane its head.
  private boolean form(SubscriptionName name, Known known, int limit) throws SQLException {
    Reached from = reached.getOrDefault(name, Reached.NOTHING);
    List<LiveRow> waiting = claimable(name, from, limit);
    for (LiveRow row : waiting) {
      Optional<String> key = keyOf(row.seq());
      if (key.isPresent()) {
        rows.delete(row);
        rows.insertWaiting(row.at(new LaneSpot(key.get(), row.seq(), true)));
        table.change(new LaneId(name, key.get()), Lane::withBehind);
      }
    }
    if (!waiting.isEmpty()) {
      LiveRow last = waiting.getLast();
      reached.put(name, new Reached(last.dueColumn(), last.seq()));
      writerCache.onRollback(() -> reached.put(name, from));
    }
    if (waiting.size() == limit) {
      return true;
    }
    List<LaneId> headless = table.withoutHead(name, limit);
    for (LaneId lane : headless) {
      lanes.raise(lane);
    }
    if (headless.size() < limit) {
      put(name, new Known(known.ordering(), Phase.ARRANGED));
      reached.remove(name);
      return false;
    }
    return true;
  }

  private List<LiveRow> claimable(SubscriptionName name, Reached from, int limit)
      throws SQLException {
    PreparedStatement select = statements.of(LaneSql.CLAIMABLE);
    select.setString(1, name.value());
    select.setLong(2, from.dueAt());
    select.setLong(3, from.seq());
    select.setInt(4, limit);
    return LaneWrites.read(select);
  }

  /// Releases deliveries that stand behind.
  private boolean dissolve(SubscriptionName name, Known known, int limit) throws SQLException {
    if (known.phase() != Phase.DISSOLVING) {
      put(name, new Known(known.ordering(), Phase.DISSOLVING));
    }
    PreparedStatement select = statements.of(LaneSql.BEHIND_OF_SUBSCRIPTION);
    select.setString(1, name.value());
    select.setInt(2, limit);
    List<LiveRow> behind = LaneWrites.read(select);
    for (LiveRow row : behind) {
      rows.delete(row);
      rows.insertWaiting(row.at(null));
    }
    if (behind.size() == limit) {
      return true;
    }
    for (LiveRow leased : writerCache.leasedOf(name)) {
      writerCache.replace(leased.at(null));
    }
    for (String sql :
        List.of(LaneSql.RELEASE_HEADS, LaneSql.DELETE_ORDERED, LaneSql.DELETE_BLOCKED)) {
      PreparedStatement delete = statements.of(sql);
      delete.setString(1, name.value());
      delete.executeUpdate();
    }
    table.clear(name);
    table.put(name, null);
    return false;
  }
}
