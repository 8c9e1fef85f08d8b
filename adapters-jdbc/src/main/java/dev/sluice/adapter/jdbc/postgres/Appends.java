package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.DueTime;
import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.EventRows;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.postgres.sql.PostgresEventSql;
import dev.sluice.domain.event.ContentDigest;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.Priority;
import dev.sluice.domain.lane.LaneId;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.subscription.Ordering;
import dev.sluice.domain.subscription.SubscriptionName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Stores events, many with one statement.
final class Appends implements AppendGroupCommit.Store {

  private final ConnectionPool pool;
  private final DatabaseClock clock;
  private final WorkNews news;
  private final LaneWrites lanes;

  Appends(ConnectionPool pool, DatabaseClock clock, WorkNews news, LaneWrites lanes) {
    this.pool = pool;
    this.clock = clock;
    this.news = news;
    this.lanes = lanes;
  }

  /// A subscription of one of many events.
  ///
  /// @param place of the event in the batch, from 1
  /// @param notBefore the time before which the delivery does not begin, as it is stored; 0 for
  ///   none
  /// @param lane of the delivery; empty when it is not ordered
  /// @param priority of the event
  private record Route(
      long place,
      SubscriptionName subscription,
      long notBefore,
      Optional<LaneId> lane,
      Priority priority) {

    static Route of(long place, NewEvent event, SubscriptionName subscription) {
      return new Route(
          place,
          subscription,
          event.notBefore(subscription).map(DueTime::column).orElse(0L),
          event.lane(subscription),
          event.event().attributes().priority());
    }

    private boolean isPrioritized() {
      return !priority.isDefault();
    }
  }

  @Override
  public List<@Nullable Instant> store(List<NewEvent> events) {
    List<Route> routes = routes(events);
    List<LaneId> laneIds =
        routes.stream().flatMap(route -> route.lane().stream()).distinct().toList();
    List<@Nullable Instant> stored =
        laneIds.isEmpty()
            ? pool.one(statements -> store(statements, events, routes))
            : storeOrdered(events, routes, laneIds);
    routes.stream()
        .filter(Route::isPrioritized)
        .forEach(route -> news.prioritized(route.subscription()));
    news.workArrived(earliest(events, stored));
    return stored;
  }

  private List<@Nullable Instant> storeOrdered(
      List<NewEvent> events, List<Route> routes, List<LaneId> laneIds) {
    var orderings = new HashMap<SubscriptionName, Ordering>();
    events.forEach(event -> orderings.putAll(event.ordered()));
    orderings.keySet().retainAll(laneIds.stream().map(LaneId::subscription).toList());
    lanes.routed(orderings);
    return pool.all(
        statements -> {
          LaneWrites.lock(statements, laneIds);
          return store(statements, events, routes);
        });
  }

  /// Returns when the first delivery of each subscription is due, by this node's clock.
  private Map<SubscriptionName, Instant> earliest(
      List<NewEvent> events, List<@Nullable Instant> stored) {
    var earliest = new HashMap<SubscriptionName, Instant>();
    for (int index = 0; index < events.size(); index++) {
      NewEvent event = events.get(index);
      Instant storedAt = stored.get(index);
      if (storedAt == null) {
        continue;
      }
      for (SubscriptionName subscription : event.subscriptions()) {
        Instant due = due(event, subscription, storedAt);
        earliest.merge(subscription, due, (one, other) -> one.isBefore(other) ? one : other);
      }
    }
    return earliest;
  }

  private Instant due(NewEvent event, SubscriptionName subscription, Instant storedAt) {
    return event
        .notBefore(subscription)
        .map(time -> clock.local().plus(Duration.between(storedAt, time)))
        .orElse(Instant.MIN);
  }

  @Override
  public AppendGroupCommit.Trouble troubleOf(PortException failure) {
    return PostgresFailures.troubleOf(failure);
  }

  private List<@Nullable Instant> store(
      Statements statements, List<NewEvent> events, List<Route> routes) throws SQLException {
    boolean areOrdered = routes.stream().anyMatch(route -> route.lane().isPresent());
    boolean arePrioritized = areOrdered || routes.stream().anyMatch(Route::isPrioritized);
    PreparedStatement append = statements.of(append(areOrdered, arePrioritized));
    clock.bind(append);
    ArrayParameters<Route> bound =
        new ArrayParameters<>(append, bindEvents(append, events), routes)
            .longs(Route::place)
            .texts(route -> route.subscription().value())
            .longs(Route::notBefore);
    if (arePrioritized) {
      var _ = bound.integers(route -> route.priority().level());
    }
    if (areOrdered) {
      var _ = bound.integers(route -> route.lane().isPresent() ? 1 : 0);
    }
    var stored = new @Nullable Instant[events.size()];
    try (ResultSet row = append.executeQuery()) {
      while (row.next()) {
        stored[row.getInt("place") - 1] = EpochNanos.toInstant(row.getLong("now"));
      }
    }
    return Arrays.asList(stored);
  }

  private static String append(boolean areOrdered, boolean arePrioritized) {
    if (areOrdered) {
      return PostgresEventSql.APPEND_PLACED;
    }
    return arePrioritized ? PostgresEventSql.APPEND_PRIORITIZED : PostgresEventSql.APPEND;
  }

  private static int bindEvents(PreparedStatement append, List<NewEvent> events)
      throws SQLException {
    List<Event> plain = events.stream().map(NewEvent::event).toList();
    int next =
        new ArrayParameters<>(append, 2, plain)
            .texts(event -> event.id().value())
            .texts(event -> event.type().value())
            .longs(event -> event.occurredAt().toEpochMilli())
            .longs(event -> EpochNanos.of(event.receivedAt()))
            .texts(event -> event.attributes().key().orElse(null))
            .texts(event -> EventRows.text(event.attributes()))
            .texts(event -> event.payload().json())
            .longs(event -> EventRows.checksum(event.payload().json()))
            .next();
    return new ArrayParameters<>(append, next, events)
        .texts(event -> event.digest().map(ContentDigest::value).orElse(null))
        .longs(NewEvent::routedBy)
        .integers(event -> event.subscriptions().size())
        .next();
  }

  private static List<Route> routes(List<NewEvent> events) {
    var routes = new ArrayList<Route>();
    for (int index = 0; index < events.size(); index++) {
      for (SubscriptionName subscription : events.get(index).subscriptions()) {
        routes.add(Route.of(index + 1L, events.get(index), subscription));
      }
    }
    return routes;
  }
}
