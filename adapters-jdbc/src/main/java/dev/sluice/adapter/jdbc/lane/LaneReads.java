package dev.sluice.adapter.jdbc.lane;

import dev.sluice.adapter.jdbc.EventReads;
import dev.sluice.adapter.jdbc.FinishedRow;
import dev.sluice.adapter.jdbc.LiveRow;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.lane.LaneId;
import dev.sluice.domain.lane.LaneView;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads lanes.
public final class LaneReads {

  private static final String BLOCKER =
      "select seq from blocked_lane where subscription = ? and lane = ?";

  private static final String COUNT_BLOCKED =
      "select subscription, count(*) from blocked_lane group by subscription limit 1000000";

  private final Statements statements;
  private final EventReads events;
  private final Sql sql;

  /// Statements that the databases write differently. The parameters of each are the subscription
  /// and the key of a lane.
  ///
  /// @param head selects the unfinished delivery that is the head
  /// @param countBehind selects how many deliveries stand behind it
  public record Sql(String head, String countBehind) {}

  public LaneReads(Statements statements, Sql sql) {
    this.statements = statements;
    this.events = new EventReads(statements);
    this.sql = sql;
  }

  /// Returns lanes as operators see them; without those that have ended meanwhile.
  public List<LaneView> views(List<LaneId> lanes) throws SQLException {
    var views = new ArrayList<LaneView>();
    for (LaneId lane : lanes) {
      view(lane).ifPresent(views::add);
    }
    return views;
  }

  /// Returns a lane as operators see it; empty when it has no head and is not blocked.
  public Optional<LaneView> view(LaneId lane) throws SQLException {
    Optional<LaneView> blocked = blocked(lane);
    if (blocked.isPresent()) {
      return blocked;
    }
    try (ResultSet row = bound(sql.head(), lane).executeQuery()) {
      return row.next() ? Optional.of(seen(lane, LiveRow.read(row))) : Optional.empty();
    }
  }

  /// Returns a lane as operators see it, whose head is known.
  ///
  /// @param head null when it has none
  public Optional<LaneView> view(LaneId lane, @Nullable LiveRow head) throws SQLException {
    Optional<LaneView> blocked = blocked(lane);
    return blocked.isPresent() || head == null ? blocked : Optional.of(seen(lane, head));
  }

  private LaneView seen(LaneId lane, LiveRow head) throws SQLException {
    return view(lane, head.seq(), head.state());
  }

  private Optional<LaneView> blocked(LaneId lane) throws SQLException {
    Optional<FinishedRow> blocker = blocker(lane);
    return blocker.isEmpty()
        ? Optional.empty()
        : Optional.of(view(lane, blocker.get().seq(), blocker.get().state()));
  }

  private Optional<FinishedRow> blocker(LaneId lane) throws SQLException {
    try (ResultSet row = bound(BLOCKER, lane).executeQuery()) {
      return row.next()
          ? events.finished(row.getLong(1)).stream()
              .filter(finished -> finished.subscription().equals(lane.subscription()))
              .findFirst()
          : Optional.empty();
    }
  }

  private LaneView view(LaneId lane, long seq, DeliveryState state) throws SQLException {
    try (ResultSet row = bound(sql.countBehind(), lane).executeQuery()) {
      row.next();
      return new LaneView(lane, events.head(seq).id(), state, row.getLong(1));
    }
  }

  private PreparedStatement bound(String text, LaneId lane) throws SQLException {
    PreparedStatement statement = statements.of(text);
    bind(statement, lane);
    return statement;
  }

  /// Binds a lane to the first two parameters.
  public static void bind(PreparedStatement statement, LaneId lane) throws SQLException {
    statement.setString(1, lane.subscription().value());
    statement.setString(2, lane.key());
  }

  /// Returns the lanes whose keys a query selects.
  public static List<LaneId> read(PreparedStatement select, SubscriptionName subscription)
      throws SQLException {
    var lanes = new ArrayList<LaneId>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        lanes.add(new LaneId(subscription, row.getString(1)));
      }
    }
    return lanes;
  }

  /// Returns the number of blocked lanes of each subscription that has any.
  public static Map<SubscriptionName, Long> countBlocked(Statements statements)
      throws SQLException {
    var counts = new HashMap<SubscriptionName, Long>();
    try (ResultSet row = statements.of(COUNT_BLOCKED).executeQuery()) {
      while (row.next()) {
        counts.put(new SubscriptionName(row.getString(1)), row.getLong(2));
      }
    }
    return counts;
  }
}
