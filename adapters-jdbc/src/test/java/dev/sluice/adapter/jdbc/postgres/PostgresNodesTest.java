package dev.sluice.adapter.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.figures.StatusCounts;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.BackfillChoice;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.Storage;
import dev.sluice.domain.subscription.Backfill;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Several nodes work on the same events at the same time.
final class PostgresNodesTest {

  private static final List<BulkAction> BULK_ACTIONS =
      List.of(BulkAction.REPLAY, BulkAction.CANCEL, BulkAction.DISCARD);
  private static final List<SubscriptionName> SEVERAL =
      List.of(
          new SubscriptionName("audit"),
          new SubscriptionName("mail"),
          new SubscriptionName("search"));
  private static final int THREADS = 6;
  private static final int STEPS = 400;

  private final SettableClock clock = new SettableClock();
  private final List<PostgresAdapter> nodes = new ArrayList<>();

  @BeforeEach
  void start() {
    nodes.add(TestDatabase.empty(clock));
    nodes.add(TestDatabase.open(clock));
  }

  @AfterEach
  void stop() {
    nodes.forEach(PostgresAdapter::close);
  }

  private Storage storage(int node) {
    return nodes.get(node).storage();
  }

  /// Whatever nodes and operators do at once, no delivery is lost or duplicated, and the counts
  /// match the rows.
  @Test
  void everythingAtOnce_addsUp() throws Exception {
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<Integer>> tasks =
          IntStream.range(0, THREADS)
              .mapToObj(thread -> (Callable<Integer>) () -> muddle(thread))
              .toList();
      for (Future<Integer> task : threads.invokeAll(tasks)) {
        assertThat(task.get()).isEqualTo(STEPS);
      }
    }

    assertThat(number("select count(*) from event")).isPositive();
    assertThat(
            number(
                """
                select count(*) from event e left join fan_out f on f.seq = e.seq
                where (select count(*) from live where live.seq = e.seq)
                    + (select count(*) from finished where finished.seq = e.seq)
                    <> coalesce(f.received + f.retrying + f.processing + f.completed + f.failed
                                + f.cancelled, 1)
                """))
        .as("events with a delivery too many or too few")
        .isZero();
    assertThat(
            number(
                """
                select (select count(*) from live where seq not in (select seq from event))
                     + (select count(*) from finished where seq not in (select seq from event))
                     + (select count(*) from fan_out where seq not in (select seq from event))
                     + (select count(*) from attempt where seq not in (select seq from event))
                """))
        .as("rows without their event")
        .isZero();
    assertCountsAreRight();
  }

  /// Acts as producer, worker, operator and retention, by turns.
  private int muddle(int thread) {
    Storage storage = storage(thread % 2);
    var random = new SplittableRandom(thread);
    var worker = new WorkerId("worker-" + thread);
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(8)) {
        case 0, 1 -> storage.events().append(batch(random));
        case 2, 3, 4 -> work(storage, worker, random);
        case 5 -> storage.control().replay(anyId(random), new ReplayScope.All());
        case 6 -> storage.control().cancel(anyId(random), Set.of());
        default -> clean(storage, random);
      }
    }
    return STEPS;
  }

  private static List<NewEvent> batch(SplittableRandom random) {
    return IntStream.range(0, 1 + random.nextInt(8))
        .mapToObj(
            _ ->
                new NewEvent(
                    Events.event(anyId(random).value()),
                    SEVERAL.subList(0, random.nextInt(SEVERAL.size() + 1))))
        .toList();
  }

  private static EventId anyId(SplittableRandom random) {
    return new EventId("e-" + random.nextInt(150));
  }

  private void work(Storage storage, WorkerId worker, SplittableRandom random) {
    List<Claim> claims = storage.deliveries().claim(worker, quotas(random), StorageFixture.LEASE);
    storage.deliveries().extend(claims, StorageFixture.LEASE);
    storage
        .deliveries()
        .settle(claims.stream().map(claim -> new Settlement(claim, resolution(random))).toList());
  }

  private static Quotas quotas(SplittableRandom random) {
    Set<SubscriptionName> paused =
        random.nextBoolean() ? Set.of() : Set.of(SEVERAL.get(random.nextInt(SEVERAL.size())));
    return QuotaSamples.without(1 + random.nextInt(12), paused);
  }

  private Resolution resolution(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> new Resolution.Retry(clock.instant(), StorageFixture.CAUSE);
      case 1 -> new Resolution.DeadLetter(StorageFixture.CAUSE);
      case 2 -> Resolution.HAND_BACK;
      default -> Resolution.COMPLETE;
    };
  }

  private void clean(Storage storage, SplittableRandom random) {
    Instant later = clock.instant().plusSeconds(1);
    switch (random.nextInt(4)) {
      case 0 -> storage.events().purge(later, 3);
      case 1 -> bulk(storage, random);
      case 2 -> backfill(storage, random);
      default ->
          storage
              .deliveries()
              .reclaimExpired(5, _ -> new Resolution.Retry(clock.instant(), StorageFixture.CAUSE));
    }
  }

  /// Runs a job on a few events, some of which other threads may change meanwhile.
  private void bulk(Storage storage, SplittableRandom random) {
    BulkAction action = BULK_ACTIONS.get(random.nextInt(BULK_ACTIONS.size()));
    var plan =
        new BulkPlan(
            "bulk-" + random.nextLong(),
            "token-" + random.nextLong(),
            action,
            action.qualifying(EventFilter.ALL).orElseThrow(),
            Optional.empty(),
            storage.events().newest(),
            Cursor.END,
            5,
            storage.bulk().now(),
            "test");
    storage.bulk().plan(plan);
    storage.bulk().start(plan.id(), "test", 0);
    storage.bulk().step(plan.id(), 5);
    storage.bulk().stop(plan.id());
  }

  /// Adds deliveries to a few events that other threads may change meanwhile.
  private static void backfill(Storage storage, SplittableRandom random) {
    SubscriptionName subscription = SEVERAL.get(random.nextInt(SEVERAL.size()));
    var plan =
        new BulkPlan(
            "bulk-" + random.nextLong(),
            "token-" + random.nextLong(),
            BulkAction.BACKFILL,
            EventFilter.ALL,
            Optional.of(
                new Backfill(
                    subscription, List.of(TypePattern.ANY), Optional.empty(), Optional.empty())),
            storage.events().newest(),
            Cursor.END,
            5,
            storage.bulk().now(),
            "test");
    storage.bulk().plan(plan);
    storage.bulk().start(plan.id(), "test", 0);
    List<Event> events =
        storage.events().list(EventFilter.ALL, PageRequest.first(8)).items().stream()
            .map(EventSummary::event)
            .toList();
    storage
        .bulk()
        .backfill(
            storage.bulk().find(plan.id()).orElseThrow(),
            new BackfillChoice(events, Optional.of(Cursor.END)));
    storage.bulk().stop(plan.id());
  }

  private void assertCountsAreRight() throws Exception {
    StatusCounts counts = storage(0).events().counts();
    List<EventSummary> all = shown(EventFilter.ALL);
    for (EventStatus status : EventStatus.values()) {
      assertThat(counts.of(status))
          .as(status.wireName())
          .isEqualTo(all.stream().filter(event -> event.status() == status).count());
      EventFilter filter = EventFilter.ALL.withStatuses(Set.of(status));
      assertThat(shown(filter))
          .as("list of " + status.wireName())
          .isEqualTo(all.stream().filter(filter::accepts).toList());
    }
    assertThat(counts.of(DeliveryStatus.RECEIVED))
        .isEqualTo(number("select count(*) from waiting where state = 0"));
    assertThat(counts.of(DeliveryStatus.RETRYING))
        .isEqualTo(number("select count(*) from waiting where state = 1"));
    assertThat(counts.of(DeliveryStatus.PROCESSING))
        .isEqualTo(number("select count(*) from leased"));
    assertThat(counts.of(DeliveryStatus.COMPLETED))
        .isEqualTo(number("select count(*) from finished where status = 1"));
    assertThat(counts.of(DeliveryStatus.FAILED))
        .isEqualTo(number("select count(*) from finished where status = 2"));
    assertThat(counts.of(DeliveryStatus.CANCELLED))
        .isEqualTo(number("select count(*) from finished where status = 3"));
  }

  private List<EventSummary> shown(EventFilter filter) {
    var shown = new ArrayList<EventSummary>();
    Cursor cursor = Cursor.START;
    while (!cursor.equals(Cursor.END)) {
      var request = new PageRequest(cursor, PageRequest.MAX_LIMIT);
      Page<EventSummary> page = storage(1).events().list(filter, request);
      shown.addAll(page.items());
      cursor = page.next();
    }
    return shown;
  }

  private static long number(String query) throws SQLException {
    return TestDatabase.number(query);
  }

  /// Both append the same ids in opposite order, which is how two transactions deadlock.
  @Test
  void sameIdsInOppositeOrder_areStoredOnce() throws Exception {
    List<NewEvent> forward = Events.many(300);
    List<NewEvent> backward = forward.reversed();
    int stored = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<List<AppendResult>>> tasks =
          List.of(
              () -> storage(0).events().append(forward),
              () -> storage(1).events().append(backward));
      for (Future<List<AppendResult>> task : threads.invokeAll(tasks)) {
        stored += (int) task.get().stream().filter(AppendResult.Stored.class::isInstance).count();
      }
    }

    assertThat(stored).isEqualTo(300);
  }

  /// The other node would find the work by polling; this tests the notification.
  @Test
  void otherNodes_areToldOfWork() {
    var connections = new Connections(TestDatabase.settings());
    try (var pool = new ConnectionPool(connections, "test", 1, StorageThreads.FACTORY);
        var listener =
            new WorkNews(connections, pool, new WorkTurns(DatabaseClock.ofDatabase(clock)))) {
      listener.start(StorageThreads.FACTORY);
      Eventually.holds("it listens", listener::take);

      storage(0).events().append(Events.many(1));

      Eventually.holds("it is notified", listener::take);
    }
  }
}
