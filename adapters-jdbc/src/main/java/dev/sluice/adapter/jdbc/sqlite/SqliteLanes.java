package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.EventReads;
import dev.sluice.adapter.jdbc.LiveRow;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.lane.LaneReads;
import dev.sluice.adapter.jdbc.sqlite.sql.LaneSql;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LaneId;
import dev.sluice.domain.lane.LaneView;
import dev.sluice.domain.lane.Lanes;
import dev.sluice.domain.subscription.Ordering;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Shows and changes the lanes in SQLite.
final class SqliteLanes implements Lanes {

  private final SqliteDatabase database;
  private final LaneWrites lanes;
  private final LaneArrangements arrangements;

  SqliteLanes(SqliteDatabase database, LaneWrites lanes, LaneArrangements arrangements) {
    this.database = database;
    this.lanes = lanes;
    this.arrangements = arrangements;
  }

  @Override
  public boolean arrange(SubscriptionName subscription, Optional<Ordering> ordering, int limit) {
    return !arrangements.isArranged(subscription, ordering)
        && database.write(() -> arrangements.arrange(subscription, ordering, limit));
  }

  @Override
  public List<LaneView> list(
      SubscriptionName subscription, String after, boolean onlyBlocked, int limit) {
    return database.read(
        statements -> {
          Map<String, LiveRow> heads =
              onlyBlocked ? Map.of() : heads(statements, subscription, after, limit);
          var keys = new TreeSet<>(heads.keySet());
          PreparedStatement select = statements.of(LaneSql.BLOCKED_KEYS);
          select.setString(1, subscription.value());
          select.setString(2, after);
          select.setInt(3, limit);
          LaneReads.read(select, subscription).forEach(lane -> keys.add(lane.key()));
          var reads = new LaneReads(statements, LaneSql.READS);
          var views = new ArrayList<LaneView>();
          for (String key : keys.stream().limit(limit).toList()) {
            reads.view(new LaneId(subscription, key), heads.get(key)).ifPresent(views::add);
          }
          return views;
        });
  }

  /// Returns the heads of the first lanes: all with one search, because heads have no index.
  private static Map<String, LiveRow> heads(
      Statements statements, SubscriptionName subscription, String after, int limit)
      throws SQLException {
    PreparedStatement select = statements.of(LaneSql.HEADS);
    select.setString(1, subscription.value());
    select.setString(2, after);
    select.setInt(3, limit);
    var heads = new HashMap<String, LiveRow>();
    for (LiveRow row : LaneWrites.read(select)) {
      if (row.lane() != null) {
        heads.putIfAbsent(row.lane().key(), row);
      }
    }
    return heads;
  }

  @Override
  public Optional<LaneView> find(LaneId lane) {
    return database.read(statements -> new LaneReads(statements, LaneSql.READS).view(lane));
  }

  @Override
  public List<EventId> behind(LaneId lane, int limit) {
    return database.read(
        statements -> {
          PreparedStatement select = statements.of(LaneSql.BEHIND);
          LaneReads.bind(select, lane);
          select.setInt(3, limit);
          var reads = new EventReads(statements);
          var events = new ArrayList<EventId>();
          for (LiveRow row : LaneWrites.read(select)) {
            events.add(reads.head(row.seq()).id());
          }
          return events;
        });
  }

  @Override
  public boolean retryNow(LaneId lane, EventId head) {
    return database.writeUrgently(() -> lanes.retryNow(lane, head, database.now()));
  }

  @Override
  public boolean unblock(LaneId lane, EventId head) {
    return database.writeUrgently(() -> lanes.unblock(lane, head));
  }

  @Override
  public Map<SubscriptionName, Long> countBlocked() {
    return database.read(LaneReads::countBlocked);
  }
}
