package dev.sluice.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.postgres.PostgresAdapter;
import dev.sluice.adapter.jdbc.postgres.TestDatabase;
import dev.sluice.adapter.jdbc.sqlite.SqliteAdapter;
import dev.sluice.adapter.jdbc.sqlite.SqliteSettings;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkJobs;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.EventFilter;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Retries in rows of an earlier version, which do not say when they entered their state: their
/// last attempt does.
@Tag("slow")
final class EnteredAtOfEarlierVersionTest {

  @TempDir Path directory;
  private final SettableClock clock = new SettableClock();

  /// Stores an event whose second attempt is due in an hour, and returns when the first one ended.
  private static Instant retryInAnHour(StorageFixture fixture) {
    fixture.append("e-1");
    fixture.clock().advance(Duration.ofSeconds(1));
    Resolution retry = fixture.retryIn(Duration.ofHours(1));
    fixture.settle(fixture.claimOne(), retry);
    Instant ended = fixture.now();
    fixture.clock().advance(Duration.ofSeconds(1));
    return ended;
  }

  private static void checkEntered(StorageFixture fixture, Instant at) {
    assertThat(fixture.record("e-1").summary().deliveries().getFirst().state().enteredAt())
        .isEqualTo(at);
    assertThat(fixture.claimDue()).isEmpty();
  }

  private static void cancelInBulk(StorageFixture fixture) {
    BulkJobs jobs = fixture.storage().bulk();
    EventFilter filter = BulkAction.CANCEL.qualifying(EventFilter.ALL).orElseThrow();
    Cursor from = fixture.events().newest();
    jobs.plan(
        new BulkPlan(
            "job",
            "token",
            BulkAction.CANCEL,
            filter,
            Optional.empty(),
            from,
            Cursor.END,
            1,
            jobs.now(),
            "ann"));
    assertThat(jobs.start("job", "ann", 0)).isTrue();
    assertThat(jobs.step("job", 10)).isPresent();
    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.CANCELLED);
  }

  @Test
  void sqlite_takesItFromTheLastAttempt() throws Exception {
    var settings = new SqliteSettings(directory);
    Instant ended;
    try (SqliteAdapter adapter = SqliteAdapter.open(settings, clock, StorageThreads.FACTORY)) {
      ended = retryInAnHour(new StorageFixture(adapter.storage(), clock));
    }
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + settings.file());
        var statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("update live set entered_at = null")).isEqualTo(1);
    }

    try (SqliteAdapter adapter = SqliteAdapter.open(settings, clock, StorageThreads.FACTORY)) {
      var fixture = new StorageFixture(adapter.storage(), clock);
      checkEntered(fixture, ended);
      cancelInBulk(fixture);
    }
  }

  @Test
  void postgres_takesItFromTheLastAttempt() throws Exception {
    try (PostgresAdapter adapter = TestDatabase.empty(clock)) {
      var fixture = new StorageFixture(adapter.storage(), clock);
      Instant ended = retryInAnHour(fixture);
      TestDatabase.execute("update waiting set entered_at = null");

      checkEntered(fixture, ended);
      cancelInBulk(fixture);
    }
  }
}
