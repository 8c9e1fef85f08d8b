package dev.sluice.adapter.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.EventStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Requests cannot exhaust the connections that keep the node going.
final class PostgresPoolsTest {

  private static final int CONNECTIONS = 4;
  private static final int FOR_REQUESTS = 2;

  private final SettableClock clock = new SettableClock();

  @Test
  void counts_areReadWhileRequestsHoldAllTheirConnections() throws Exception {
    TestDatabase.empty(clock).close();
    var settings = PostgresSettings.of(TestDatabase.url(), CONNECTIONS, false);
    try (var adapter =
            PostgresAdapter.open(settings, DatabaseClock.of(clock), StorageThreads.FACTORY);
        Connection locking = TestDatabase.connect();
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      EventStore events = adapter.storage().events();
      lockEvents(locking);
      List<Future<Optional<EventRecord>>> finding = new ArrayList<>();
      for (int caller = 0; caller < FOR_REQUESTS; caller++) {
        finding.add(callers.submit(() -> events.find(new EventId("e-1"))));
      }
      Eventually.holds("requests wait", () -> waiting() == FOR_REQUESTS);

      assertThat(events.counts().backlog()).isZero();

      locking.rollback();
      for (Future<Optional<EventRecord>> found : finding) {
        assertThat(found.get()).isEmpty();
      }
    }
  }

  private static void lockEvents(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("lock table event in access exclusive mode");
    }
  }

  private static long waiting() {
    try {
      return TestDatabase.number("select count(*) from pg_locks where not granted");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
