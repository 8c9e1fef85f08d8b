package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.lane.LaneReads;
import dev.sluice.adapter.jdbc.postgres.sql.LaneSql;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LaneId;
import dev.sluice.domain.lane.LaneView;
import dev.sluice.domain.lane.Lanes;
import dev.sluice.domain.subscription.Ordering;
import dev.sluice.domain.subscription.Ordering.OnFailure;
import dev.sluice.domain.subscription.SubscriptionName;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Shows and changes the lanes in PostgreSQL.
final class PostgresLanes implements Lanes {

  private static final System.Logger LOG = System.getLogger(PostgresLanes.class.getName());

  /// How long the known ordered subscriptions are good enough to find those that no longer are.
  private static final long FRESH = Duration.ofSeconds(1).toNanos();

  private final ConnectionPool work;
  private final ConnectionPool requests;
  private final LaneWrites lanes;
  private final DatabaseClock clock;
  private final WorkNews news;

  /// How subscriptions are ordered, and when that was read. Used by one thread.
  private Map<SubscriptionName, Known> known = Map.of();

  /// Subscriptions without an ordering that have deliveries behind a head.
  private Set<SubscriptionName> stranded = Set.of();

  private long knownAt = System.nanoTime() - FRESH;

  /// How a subscription is ordered.
  private record Known(OnFailure onFailure, String state) {

    boolean is(String other) {
      return state.equals(other);
    }
  }

  PostgresLanes(
      ConnectionPool work,
      ConnectionPool requests,
      LaneWrites lanes,
      DatabaseClock clock,
      WorkNews news) {
    this.work = work;
    this.requests = requests;
    this.lanes = lanes;
    this.clock = clock;
    this.news = news;
  }

  @Override
  public synchronized boolean arrange(
      SubscriptionName subscription, Optional<Ordering> ordering, int limit) {
    if (ordering.isPresent() || lanes.knows(subscription)) {
      knownAt = System.nanoTime() - FRESH;
    }
    Known now = known(subscription);
    if (ordering.isEmpty() && now == null) {
      lanes.know(subscription, false);
      return stranded.contains(subscription) && release(subscription, limit) > 0;
    }
    return ordering.isEmpty()
        ? dissolve(subscription, limit)
        : arrange(subscription, now, ordering.get(), limit);
  }

  private @Nullable Known known(SubscriptionName subscription) {
    if (System.nanoTime() - knownAt >= FRESH) {
      known = work.one(PostgresLanes::readKnown);
      stranded = work.one(PostgresLanes::readStranded);
      knownAt = System.nanoTime();
    }
    return known.get(subscription);
  }

  private static Map<SubscriptionName, Known> readKnown(Statements statements) throws SQLException {
    var read = new HashMap<SubscriptionName, Known>();
    try (ResultSet row = statements.of(LaneSql.ORDERED).executeQuery()) {
      while (row.next()) {
        read.put(
            new SubscriptionName(row.getString("name")),
            new Known(OnFailure.valueOf(row.getString("on_failure")), row.getString("state")));
      }
    }
    return read;
  }

  private static Set<SubscriptionName> readStranded(Statements statements) throws SQLException {
    var read = new HashSet<SubscriptionName>();
    try (ResultSet row = statements.of(LaneSql.STRANDED).executeQuery()) {
      while (row.next()) {
        read.add(new SubscriptionName(row.getString(1)));
      }
    }
    return read;
  }

  private boolean arrange(
      SubscriptionName subscription, @Nullable Known before, Ordering ordering, int limit) {
    if (before == null || before.is("DISSOLVING")) {
      work.one(statements -> LaneWrites.begin(statements, subscription, ordering));
      lanes.know(subscription, true);
      return true;
    }
    lanes.know(subscription, true);
    if (before.onFailure() != ordering.onFailure()) {
      change(LaneSql.SET_ON_FAILURE, ordering.onFailure().name(), subscription);
    }
    // Also at a later look: a dead letter may have blocked its lane by the ordering before.
    if (ordering.onFailure() == OnFailure.CONTINUE && unblock(subscription, limit)) {
      return true;
    }
    return before.is("ARRANGING") ? form(subscription, limit) : isMoving(subscription, limit);
  }

  private void change(String sql, String value, SubscriptionName subscription) {
    work.one(
        statements -> {
          PreparedStatement update = statements.of(sql);
          update.setString(1, value);
          update.setString(2, subscription.value());
          return update.executeUpdate();
        });
  }

  /// @return whether there may be more blocked lanes
  private boolean unblock(SubscriptionName subscription, int limit) {
    List<LaneId> blocked =
        work.one(
            statements -> {
              PreparedStatement select = statements.of(LaneSql.BLOCKED_OF_SUBSCRIPTION);
              select.setString(1, subscription.value());
              select.setInt(2, limit);
              return LaneReads.read(select, subscription);
            });
    blocked.forEach(lane -> unblock(lane, Optional.empty()));
    return blocked.size() == limit;
  }

  /// Forms lanes of what waits, without heads; when all are formed, the next call gives them heads.
  private boolean form(SubscriptionName subscription, int limit) {
    int formed =
        work.one(
                statements -> {
                  PreparedStatement form = statements.of(LaneSql.FORM_LEASED);
                  form.setString(1, subscription.value());
                  return form.executeUpdate();
                })
            + work.one(
                statements -> {
                  PreparedStatement form = statements.of(LaneSql.FORM);
                  form.setString(1, subscription.value());
                  form.setInt(2, limit);
                  return form.executeUpdate();
                });
    if (formed == 0) {
      work.one(
          statements -> {
            PreparedStatement arranged = statements.of(LaneSql.ARRANGED);
            for (int part = 1; part <= 3; part++) {
              arranged.setString(part, subscription.value());
            }
            return arranged.executeUpdate();
          });
    }
    return true;
  }

  /// Gives lanes heads that have none: after they were formed, and when a node stopped between the
  /// end of a delivery and the beginning of the next.
  ///
  /// @return whether there may be more
  private boolean isMoving(SubscriptionName subscription, int limit) {
    List<LaneId> headless =
        work.one(
            statements -> {
              PreparedStatement select = statements.of(LaneSql.WITHOUT_HEAD);
              for (int part = 1; part <= 3; part++) {
                select.setString(part, subscription.value());
              }
              select.setInt(4, limit);
              return LaneReads.read(select, subscription);
            });
    int advanced = lanes.advance(headless);
    if (advanced > 0) {
      LOG.log(Level.DEBUG, "{0} lanes of {1} got a head", advanced, subscription);
    }
    return headless.size() == limit && advanced > 0;
  }

  private int release(SubscriptionName subscription, int limit) {
    int released =
        work.one(
            statements -> {
              PreparedStatement release = statements.of(LaneSql.RELEASE);
              clock.bind(release);
              release.setString(2, subscription.value());
              release.setInt(3, limit);
              return release.executeUpdate();
            });
    if (released > 0) {
      news.workArrived();
    }
    return released;
  }

  private boolean dissolve(SubscriptionName subscription, int limit) {
    work.one(
        statements -> {
          PreparedStatement dissolve = statements.of(LaneSql.DISSOLVE);
          dissolve.setString(1, subscription.value());
          return dissolve.executeUpdate();
        });
    if (release(subscription, limit) > 0) {
      return true;
    }
    work.all(
        statements -> {
          for (String sql :
              List.of(LaneSql.RELEASE_LEASED, LaneSql.DELETE_BLOCKED, LaneSql.DELETE_ORDERED)) {
            PreparedStatement delete = statements.of(sql);
            delete.setString(1, subscription.value());
            delete.executeUpdate();
          }
          return 0;
        });
    lanes.know(subscription, false);
    return false;
  }

  @Override
  public List<LaneView> list(
      SubscriptionName subscription, String after, boolean onlyBlocked, int limit) {
    return requests.all(
        statements -> {
          List<LaneId> found = keys(statements, subscription, after, onlyBlocked, limit);
          return new LaneReads(statements, LaneSql.READS).views(found);
        });
  }

  private static List<LaneId> keys(
      Statements statements,
      SubscriptionName subscription,
      String after,
      boolean onlyBlocked,
      int limit)
      throws SQLException {
    PreparedStatement select = statements.of(onlyBlocked ? LaneSql.BLOCKED_KEYS : LaneSql.KEYS);
    int next = 1;
    for (int part = 0; part < (onlyBlocked ? 1 : 3); part++) {
      select.setString(next++, subscription.value());
      select.setString(next++, after);
      select.setInt(next++, limit);
    }
    if (!onlyBlocked) {
      select.setInt(next, limit);
    }
    return LaneReads.read(select, subscription);
  }

  @Override
  public Optional<LaneView> find(LaneId lane) {
    return requests.all(statements -> new LaneReads(statements, LaneSql.READS).view(lane));
  }

  @Override
  public List<EventId> behind(LaneId lane, int limit) {
    return requests.one(
        statements -> {
          PreparedStatement select = statements.of(LaneSql.BEHIND);
          LaneReads.bind(select, lane);
          select.setInt(3, limit);
          var events = new ArrayList<EventId>();
          try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
              events.add(new EventId(row.getString(1)));
            }
          }
          return events;
        });
  }

  @Override
  public boolean retryNow(LaneId lane, EventId head) {
    boolean isDue =
        work.one(
            statements -> {
              PreparedStatement update = statements.of(LaneSql.RETRY_NOW);
              clock.bind(update);
              update.setString(2, lane.subscription().value());
              update.setString(3, lane.key());
              update.setString(4, head.value());
              return update.executeUpdate() > 0;
            });
    lanes.announce(isDue ? List.of(lane.subscription()) : List.of());
    return isDue;
  }

  @Override
  public boolean unblock(LaneId lane, EventId head) {
    return unblock(lane, Optional.of(head));
  }

  /// @param head only if this event blocks the lane
  private boolean unblock(LaneId lane, Optional<EventId> head) {
    boolean wasBlocked =
        work.one(
            statements -> {
              PreparedStatement unblock =
                  statements.of(head.isPresent() ? LaneSql.UNBLOCK_HEAD : LaneSql.UNBLOCK);
              LaneReads.bind(unblock, lane);
              if (head.isPresent()) {
                unblock.setString(3, head.get().value());
              }
              return unblock.executeUpdate() > 0;
            });
    // Also when another caller has unblocked it: that one may have stopped before this.
    lanes.advanceAfter(List.of(lane));
    return wasBlocked;
  }

  @Override
  public Map<SubscriptionName, Long> countBlocked() {
    return requests.one(LaneReads::countBlocked);
  }
}
