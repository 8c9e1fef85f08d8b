package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.EventReads;
import dev.sluice.adapter.jdbc.FinishedRow;
import dev.sluice.adapter.jdbc.LiveRow;
import dev.sluice.adapter.jdbc.LiveRow.LaneSpot;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.lane.LaneReads;
import dev.sluice.adapter.jdbc.sqlite.LaneTable.Known;
import dev.sluice.adapter.jdbc.sqlite.LaneTable.Phase;
import dev.sluice.adapter.jdbc.sqlite.sql.LaneSql;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.Lane;
import dev.sluice.domain.lane.LaneId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps the lanes of ordered subscriptions within the writer's transaction, by the rules of
/// [Lane]. For all other deliveries it does nothing.
final class LaneWrites {

  private final Statements statements;
  private final LiveRows rows;
  private final LaneTable table;
  private final WriterCache writerCache;

  LaneWrites(Statements statements, LiveRows rows, LaneTable table, WriterCache writerCache) {
    this.statements = statements;
    this.rows = rows;
    this.table = table;
    this.writerCache = writerCache;
  }

  /// Returns how a subscription is ordered whose deliveries stand in lanes.
  private @Nullable Known active(SubscriptionName subscription) {
    Known known = table.known(subscription);
    return known == null || known.phase() == Phase.DISSOLVING ? null : known;
  }

  /// Gives a new delivery its place, before its row is inserted.
  ///
  /// @param key of its event
  LiveRow joined(LiveRow row, Optional<String> key) {
    Known known = active(row.subscription());
    return known == null || key.isEmpty()
        ? row
        : joined(row, new LaneId(row.subscription(), key.get()), row.seq(), known);
  }

  private LiveRow joined(LiveRow row, LaneId lane, long position, Known known) {
    boolean isHead = known.phase() == Phase.ARRANGED && table.lane(lane).isEmpty();
    table.change(lane, isHead ? Lane::withHead : Lane::withBehind);
    return row.at(new LaneSpot(lane.key(), position, !isHead));
  }

  /// Gives a delivery that was in progress and waits again its place, before its row is inserted.
  LiveRow waitsAgain(LiveRow row) {
    LaneSpot spot = row.lane();
    Known known = active(row.subscription());
    if (spot == null || known == null) {
      return row;
    }
    LaneId lane = new LaneId(row.subscription(), spot.key());
    boolean isArranged = known.phase() == Phase.ARRANGED;
    boolean isHead = isArranged && table.lane(lane).keepsHead();
    table.change(lane, isArranged ? Lane::headWaits : Lane::headPutBehind);
    return isHead ? row : row.at(spot.behind());
  }

  /// Moves a lane on after one of its deliveries finished.
  void finished(LiveRow row, DeliveryState.Finished state) throws SQLException {
    LaneSpot spot = row.lane();
    Known known = active(row.subscription());
    if (spot == null || known == null) {
      return;
    }
    LaneId lane = new LaneId(row.subscription(), spot.key());
    if (spot.isBehind()) {
      table.change(lane, Lane::behindFinished);
      return;
    }
    boolean blocks = known.isBlocking() && state instanceof DeliveryState.Failed;
    if (blocks) {
      PreparedStatement block = statements.of(LaneSql.BLOCK);
      LaneReads.bind(block, lane);
      block.setLong(3, row.seq());
      block.executeUpdate();
    }
    table.change(lane, before -> before.headFinished(blocks));
    promote(lane);
  }

  /// Gives a replayed delivery its place, before its row is inserted.
  LiveRow rejoined(LiveRow row, LanePlace place) throws SQLException {
    Known known = active(row.subscription());
    if (known == null) {
      return row;
    }
    Optional<String> key = new EventReads(statements).head(row.seq()).key();
    if (key.isEmpty()) {
      return row;
    }
    LaneId lane = new LaneId(row.subscription(), key.get());
    if (isBlockedBy(lane, row.seq(), row.subscription())) {
      deleteBlock(lane);
      boolean isHead = known.phase() == Phase.ARRANGED && table.lane(lane).heads() == 0;
      table.change(
          lane, before -> isHead ? before.unblocked().withHead() : before.unblocked().withBehind());
      return row.at(new LaneSpot(lane.key(), first(lane), !isHead));
    }
    long position = place == LanePlace.HEAD ? first(lane) : writerCache.nextSeq();
    return joined(row, lane, position, known);
  }

  /// Returns a position before everything that stands behind.
  private long first(LaneId lane) throws SQLException {
    return behind(lane, 1).stream()
        .flatMap(row -> Optional.ofNullable(row.lane()).stream())
        .map(spot -> spot.position() - 1)
        .findFirst()
        .orElse(0L);
  }

  private boolean isBlockedBy(LaneId lane, long seq, SubscriptionName subscription)
      throws SQLException {
    return blockedBy(seq, subscription).filter(lane::equals).isPresent();
  }

  private Optional<LaneId> blockedBy(long seq, SubscriptionName subscription) throws SQLException {
    PreparedStatement select = statements.of(LaneSql.BLOCKED_BY);
    select.setLong(1, seq);
    select.setString(2, subscription.value());
    try (ResultSet row = select.executeQuery()) {
      return row.next()
          ? Optional.of(new LaneId(subscription, row.getString(1)))
          : Optional.empty();
    }
  }

  /// Lets the lane continue that a dead letter blocked, after that was discarded.
  void discarded(FinishedRow row) throws SQLException {
    if (table.known(row.subscription()) != null) {
      Optional<LaneId> lane = blockedBy(row.seq(), row.subscription());
      if (lane.isPresent()) {
        boolean _ = unblock(lane.get());
      }
    }
  }

  /// Lets a blocked lane continue.
  ///
  /// @return whether it was blocked
  boolean unblock(LaneId lane) throws SQLException {
    return continueAfter(lane, deleteBlock(lane));
  }

  private boolean deleteBlock(LaneId lane) throws SQLException {
    PreparedStatement delete = statements.of(LaneSql.UNBLOCK);
    LaneReads.bind(delete, lane);
    return delete.executeUpdate() > 0;
  }

  /// Lets a lane continue that this event blocks.
  ///
  /// @return whether it did
  boolean unblock(LaneId lane, EventId head) throws SQLException {
    PreparedStatement delete = statements.of(LaneSql.UNBLOCK_HEAD);
    LaneReads.bind(delete, lane);
    delete.setString(3, head.value());
    return continueAfter(lane, delete.executeUpdate() > 0);
  }

  private boolean continueAfter(LaneId lane, boolean wasBlocked) throws SQLException {
    if (wasBlocked) {
      table.change(lane, Lane::unblocked);
      promote(lane);
    }
    return wasBlocked;
  }

  /// Makes the head of a lane due now, if it is the delivery of this event and waits for another
  /// attempt.
  ///
  /// @return whether it did
  boolean retryNow(LaneId lane, EventId event, Instant now) throws SQLException {
    var reads = new EventReads(statements);
    Optional<Long> seq = reads.seqOf(event);
    for (LiveRow row : seq.isPresent() ? reads.live(seq.get()) : List.<LiveRow>of()) {
      if (isHead(row, lane) && row.state() instanceof DeliveryState.Retrying retrying) {
        rows.delete(row);
        rows.insertWaiting(row.waitingAs(retrying.reschedule(now, now)));
        return true;
      }
    }
    return false;
  }

  private static boolean isHead(LiveRow row, LaneId lane) {
    return row.subscription().equals(lane.subscription())
        && row.lane() != null
        && row.lane().key().equals(lane.key())
        && !row.lane().isBehind();
  }

  /// Makes the first delivery behind the head of a lane that needs one.
  void promote(LaneId lane) throws SQLException {
    Known known = table.known(lane.subscription());
    if (known != null && known.phase() == Phase.ARRANGED && table.lane(lane).isWithoutHead()) {
      raise(lane);
    }
  }

  /// Makes the first delivery behind the head.
  void raise(LaneId lane) throws SQLException {
    LiveRow next = behind(lane, 1).getFirst();
    LaneSpot spot = next.lane();
    rows.delete(next);
    rows.insertWaiting(next.at(spot == null ? null : spot.atHead()));
    table.change(lane, Lane::promoted);
  }

  private List<LiveRow> behind(LaneId lane, int limit) throws SQLException {
    PreparedStatement select = statements.of(LaneSql.BEHIND);
    LaneReads.bind(select, lane);
    select.setInt(3, limit);
    return read(select);
  }

  static List<LiveRow> read(PreparedStatement select) throws SQLException {
    var found = new ArrayList<LiveRow>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        found.add(LiveRow.read(row));
      }
    }
    return found;
  }
}
