package dev.sluice.adapter.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.RandomWork;
import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.figures.StatusCounts;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.port.Storage;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Several nodes work on the same events at the same time.
final class PostgresNodesTest {

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
              .mapToObj(thread -> (Callable<Integer>) () -> work(thread))
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
    assertCountsOfEventsAreRight();
    assertThat(
            number(
                """
                select (select count(*) from live where seq not in (select seq from event))
                     + (select count(*) from finished where seq not in (select seq from event))
                     + (select count(*) from fan_out where seq not in (select seq from event))
                     + (select count(*) from attempt where seq not in (select seq from event))
                     + (select count(*) from responses where seq not in (select seq from event))
                """))
        .as("rows without their event")
        .isZero();
    assertCountsAreRight();
  }

  private int work(int thread) {
    var work = new RandomWork(storage(thread % 2), clock, thread);
    for (int step = 0; step < STEPS; step++) {
      work.step();
    }
    return STEPS;
  }

  private static void assertCountsOfEventsAreRight() throws SQLException {
    assertThat(
            number(
                """
                select count(*) from fan_out f
                where (f.received, f.retrying, f.processing, f.completed, f.failed, f.cancelled) <> (
                    (select count(*) from live where seq = f.seq and state = 0),
                    (select count(*) from live where seq = f.seq and state = 1),
                    (select count(*) from live where seq = f.seq and state = 2),
                    (select count(*) from finished where seq = f.seq and status = 1),
                    (select count(*) from finished where seq = f.seq and status = 2),
                    (select count(*) from finished where seq = f.seq and status = 3))
                  or (f.ended_at is null) <> exists (select from live where seq = f.seq)
                """))
        .as("events whose counts are wrong")
        .isZero();
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
