package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.DamagedRowException;
import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.EventRows;
import dev.sluice.adapter.jdbc.ParkedRows;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.DeliveryQueue.Reclaimed;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.subscription.SubscriptionName;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/// Claims, extends, settles and reclaims deliveries, many with one statement.
final class Claims {

  private static final System.Logger LOG = System.getLogger(Claims.class.getName());

  /// A claim ends when its payloads reach this size, so that large ones cannot fill the memory.
  static final int MOST_BYTES = 16 << 20;

  private final DatabaseClock clock;
  private final ClaimFloor floor = new ClaimFloor();

  Claims(DatabaseClock clock) {
    this.clock = clock;
  }

  /// A leased delivery whose event may be damaged.
  record Held(
      long sequence,
      SubscriptionName subscription,
      AttemptCount attempts,
      Lease lease,
      boolean isAfterAbandonment,
      Optional<Event> event,
      String damage) {

    static Held read(ResultSet row, Lease lease) throws SQLException {
      long sequence = row.getLong("seq");
      Optional<Event> event = Optional.empty();
      String damage = "";
      try {
        event = Optional.of(intact(row, sequence));
      } catch (DamagedRowException e) {
        damage = String.valueOf(e.getMessage());
      }
      return new Held(
          sequence,
          new SubscriptionName(row.getString("subscription")),
          new AttemptCount(row.getInt("started"), row.getInt("spent")),
          lease,
          FailureCause.Kind.ABANDONED.name().equals(row.getString("failure_kind")),
          event,
          damage);
    }

    private static Event intact(ResultSet row, long sequence) throws SQLException {
      if (row.getString("id") == null) {
        throw new DamagedRowException("of unknown id", sequence);
      }
      return EventRows.read(row);
    }

    Optional<Claim> claim() {
      return event.map(
          found -> new Claim(sequence, found, subscription, attempts, lease, isAfterAbandonment));
    }

    private AttemptReport toDeadLetters() {
      LOG.log(Level.ERROR, "a delivery becomes a dead letter: " + damage);
      var cause = new FailureCause(FailureCause.Kind.HANDLER, "DamagedEvent", damage);
      return new AttemptReport(
          sequence, subscription, attempts.started(), lease, new Resolution.DeadLetter(cause));
    }
  }

  List<Claim> claim(Statements statements, WorkerId worker, int max, Duration duration)
      throws SQLException {
    PreparedStatement claim = statements.of(DeliverySql.CLAIM);
    clock.bind(claim);
    long from = floor.get();
    claim.setLong(2, from);
    claim.setInt(3, max);
    claim.setLong(4, MOST_BYTES);
    claim.setString(5, worker.value());
    claim.setLong(6, EpochNanos.span(duration));
    return intact(statements, held(claim, from, worker, duration));
  }

  private List<Held> held(PreparedStatement claim, long from, WorkerId worker, Duration duration)
      throws SQLException {
    var held = new ArrayList<Held>();
    try (ResultSet row = claim.executeQuery()) {
      while (row.next()) {
        if (held.isEmpty()) {
          floor.found(from, row.getLong("due_at"));
        }
        Instant now = EpochNanos.toInstant(row.getLong("now"));
        held.add(Held.read(row, Lease.of(worker, now, duration)));
      }
    }
    if (held.isEmpty()) {
      floor.foundNothing();
    }
    return held;
  }

  /// Returns the claims that can be processed; damaged deliveries become dead letters.
  List<Claim> intact(Statements statements, List<Held> held) {
    tryToEndDamaged(statements, held);
    return held.stream().flatMap(one -> one.claim().stream()).toList();
  }

  /// Claims deliveries, and parks those of paused subscriptions. It searches again only while it
  /// has nothing, so that no claim is lost when a later search fails.
  List<Claim> claim(
      Statements statements,
      WorkerId worker,
      int max,
      Duration duration,
      Set<SubscriptionName> paused)
      throws SQLException {
    int look = max;
    for (int looks = 0; looks < ParkedRows.MOST_LOOKS; looks++) {
      long from = floor.get();
      PreparedStatement claim = statements.of(ParkedSql.CLAIM);
      clock.bind(claim);
      new ArrayParameters<>(claim, 2, List.copyOf(paused)).texts(SubscriptionName::value);
      claim.setLong(3, from);
      claim.setInt(4, look);
      claim.setInt(5, max);
      claim.setLong(6, MOST_BYTES);
      claim.setString(7, worker.value());
      claim.setLong(8, EpochNanos.span(duration));
      ParkedClaims passed = ParkedClaims.read(claim, worker, duration);
      remember(from, passed);
      if (!passed.held().isEmpty() || passed.park() == 0 || passed.looked() < look) {
        return intact(statements, passed.held());
      }
      look = ParkedRows.LOOK;
    }
    return List.of();
  }

  private void remember(long from, ParkedClaims passed) {
    if (passed.looked() == 0) {
      floor.foundNothing();
    } else {
      floor.found(from, passed.firstDue());
    }
  }

  /// Makes the next claim search everywhere, because deliveries were unparked below the
  /// [ClaimFloor].
  void lookEverywhere() {
    floor.lookEverywhere();
  }

  /// Returns the earliest due time of the deliveries that the next claim searches.
  long beginsAt() {
    return floor.get();
  }

  /// Ends damaged deliveries. The intact ones are claimed already and must not be lost with them:
  /// if this fails, the damaged ones are found again when their lease expires.
  private void tryToEndDamaged(Statements statements, List<Held> held) {
    try {
      endDamaged(statements, held);
    } catch (SQLException e) {
      LOG.log(Level.WARNING, "cannot end damaged deliveries, retrying when their lease expires", e);
    }
  }

  private void endDamaged(Statements statements, List<Held> held) throws SQLException {
    List<AttemptReport> damaged =
        held.stream().filter(one -> one.event().isEmpty()).map(Held::toDeadLetters).toList();
    if (!damaged.isEmpty()) {
      end(statements, damaged);
    }
  }

  List<SettlementResult> settle(Statements statements, List<Settlement> settlements)
      throws SQLException {
    return end(statements, settlements.stream().map(AttemptReport::of).toList());
  }

  private List<SettlementResult> end(Statements statements, List<AttemptReport> reports)
      throws SQLException {
    PreparedStatement settle = statements.of(DeliverySql.SETTLE);
    clock.bind(settle);
    Instant now = clock.local();
    List<Integer> order = inOrder(reports, AttemptReport::sequence);
    bindReports(settle, order.stream().map(reports::get).toList(), now);
    var results = new ArrayList<>(Collections.nCopies(reports.size(), SettlementResult.LEASE_LOST));
    for (int place : places(settle)) {
      results.set(order.get(place), SettlementResult.SETTLED);
    }
    return results;
  }

  private static void bindReports(
      PreparedStatement settle, List<AttemptReport> reports, Instant now) throws SQLException {
    new ArrayParameters<>(settle, 2, reports)
        .longs(AttemptReport::sequence)
        .texts(report -> report.subscription().value())
        .integers(AttemptReport::attempt)
        .texts(report -> report.lease().worker().value())
        .longs(report -> EpochNanos.of(report.lease().startedAt()))
        .integers(AttemptReport::what)
        .longs(report -> report.waitFrom(now))
        .texts(report -> report.failure().map(cause -> cause.kind().name()).orElse(null))
        .texts(report -> report.failure().map(FailureCause::error).orElse(null))
        .texts(report -> report.failure().map(FailureCause::message).orElse(null))
        .longs(AttemptReport::fingerprint);
  }

  /// Returns the indexes of items, ordered by the sequences of their events. All statements that
  /// change many deliveries use this order, so that two of them cannot deadlock.
  private static <T> List<Integer> inOrder(List<T> items, ToLongFunction<T> sequence) {
    return IntStream.range(0, items.size())
        .boxed()
        .sorted(Comparator.comparingLong(index -> sequence.applyAsLong(items.get(index))))
        .toList();
  }

  List<Claim> extend(Statements statements, List<Claim> claims, Duration lease)
      throws SQLException {
    PreparedStatement extend = statements.of(DeliverySql.EXTEND);
    clock.bind(extend);
    List<Integer> order = inOrder(claims, Claim::sequence);
    int next =
        new ArrayParameters<>(extend, 2, order.stream().map(claims::get).toList())
            .longs(Claim::sequence)
            .texts(claim -> claim.subscription().value())
            .integers(Claim::attempt)
            .texts(claim -> claim.lease().worker().value())
            .longs(claim -> EpochNanos.of(claim.lease().startedAt()))
            .next();
    extend.setLong(next, EpochNanos.span(lease));
    Set<Integer> kept = Set.copyOf(places(extend));
    return IntStream.range(0, claims.size())
        .filter(place -> !kept.contains(place))
        .mapToObj(place -> claims.get(order.get(place)))
        .toList();
  }

  /// Returns the places, from 0, of the items that were still held.
  private static List<Integer> places(PreparedStatement statement) throws SQLException {
    var places = new ArrayList<Integer>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        places.add(row.getInt(1) - 1);
      }
    }
    return places;
  }

  /// Ends attempts whose lease has expired. Within a transaction: no one else ends them meanwhile.
  List<Reclaimed> reclaimExpired(
      Statements statements, int limit, Function<Claim, Resolution> verdict) throws SQLException {
    List<Held> expired = expired(statements, limit);
    endDamaged(statements, expired);
    List<Reclaimed> reclaimed =
        expired.stream()
            .flatMap(one -> one.claim().stream())
            .map(claim -> new Reclaimed(claim, verdict.apply(claim)))
            .toList();
    if (!reclaimed.isEmpty()) {
      settle(
          statements,
          reclaimed.stream().map(one -> new Settlement(one.claim(), one.resolution())).toList());
    }
    return reclaimed;
  }

  private List<Held> expired(Statements statements, int limit) throws SQLException {
    PreparedStatement select = statements.of(DeliverySql.EXPIRED);
    clock.bind(select);
    select.setInt(2, limit);
    select.setLong(3, MOST_BYTES);
    var expired = new ArrayList<Held>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        var lease =
            new Lease(
                new WorkerId(row.getString("worker")),
                EpochNanos.toInstant(row.getLong("claimed_at")),
                EpochNanos.toInstant(row.getLong("lease_until")));
        expired.add(Held.read(row, lease));
      }
    }
    return expired;
  }
}
