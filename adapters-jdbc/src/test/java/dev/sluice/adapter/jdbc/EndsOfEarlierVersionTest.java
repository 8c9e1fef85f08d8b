package dev.sluice.adapter.jdbc;

import static dev.sluice.contract.MixedEvents.BILLING;
import static dev.sluice.contract.MixedEvents.MAIL;
import static dev.sluice.domain.delivery.DeliveryStatus.COMPLETED;
import static dev.sluice.domain.delivery.DeliveryStatus.RETRYING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.postgres.PostgresAdapter;
import dev.sluice.adapter.jdbc.postgres.TestDatabase;
import dev.sluice.adapter.jdbc.sqlite.SqliteAdapter;
import dev.sluice.adapter.jdbc.sqlite.SqliteSettings;
import dev.sluice.contract.MixedEvents;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Events with several deliveries of an earlier version, which does not store when the last one
/// finished.
@Tag("slow")
final class EndsOfEarlierVersionTest {

  private static final Duration KEPT = Duration.ofMinutes(10);

  @TempDir Path directory;
  private final SettableClock clock = new SettableClock();

  /// Of three events, one is finished, one is stuck, and one has a single delivery.
  private static String threeEvents() {
    return """
      insert into event (seq, id, type, occurred_at, received_at, payload, checksum)
      values (1, 'done', 't', 1, 1, '{}', %1$d), (2, 'stuck', 't', 1, 1, '{}', %1$d),
             (3, 'single', 't', 1, 1, '{}', %1$d);
      insert into finished (status, seq, subscription, siblings, finished_at, started, spent)
      values (1, 1, 'billing', 2, 5000, 1, 1), (3, 1, 'mail', 2, 7000, 1, 1),
             (1, 2, 'mail', 2, 5000, 1, 1), (1, 3, 'mail', 1, 6000, 1, 1);
      insert into live (due_at, seq, subscription, state, siblings, started, spent)
      values (9000000000000000000, 2, 'billing', 0, 2, 0, 0);
      insert into totals values (1, 3, 0, 1, 0, 0, 2, 0, 0, 1, 0, 0, 3, 0, 1)
      """
        .formatted(EventRows.checksum("{}"));
  }

  private static int purge(StorageFixture fixture) {
    return fixture.events().purge(fixture.now().minus(KEPT), 10);
  }

  private static void replay(StorageFixture fixture) {
    fixture.control().replay(new EventId("e-1"), new ReplayScope.All(), LanePlace.TAIL);
    fixture.claimDue().forEach(claim -> fixture.settle(claim, Resolution.COMPLETE));
  }

  private void migrateTo(String version, String url) {
    Flyway.configure(Schema.class.getClassLoader())
        .dataSource(url, "", "")
        .locations("classpath:dev/sluice/adapter/jdbc/sqlite")
        .table("schema_history")
        .target(MigrationVersion.fromVersion(version))
        .load()
        .migrate();
  }

  @Test
  void sqlite_countsThemInTheMigration() throws Exception {
    var settings = new SqliteSettings(directory);
    String url = "jdbc:sqlite:" + settings.file();
    migrateTo("16", url);
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.executeUpdate(threeEvents());
    }

    SqliteAdapter.open(settings, clock, StorageThreads.FACTORY).close();
    assertThat(SqliteAdapter.check(settings).problems()).isEmpty();
    try (SqliteAdapter adapter = SqliteAdapter.open(settings, clock, StorageThreads.FACTORY)) {
      var events = adapter.storage().events();
      assertThat(events.purge(EpochNanos.toInstant(7000), 10)).isEqualTo(1);
      assertThat(events.find(new EventId("single"))).isEmpty();
      assertThat(events.purge(EpochNanos.toInstant(7001), 10)).isEqualTo(1);
      assertThat(events.find(new EventId("done"))).isEmpty();
      assertThat(events.counts().of(EventStatus.RECEIVED)).isEqualTo(1);
    }
    assertThat(SqliteAdapter.check(settings).problems()).isEmpty();
  }

  @Test
  void postgres_fillsThemIn() throws Exception {
    try (PostgresAdapter adapter = TestDatabase.empty(clock)) {
      var fixture = new StorageFixture(adapter.storage(), clock);
      MixedEvents.store(fixture, "e-1", Map.of(MAIL, COMPLETED, BILLING, COMPLETED));
      MixedEvents.store(fixture, "stuck", Map.of(MAIL, COMPLETED, BILLING, RETRYING));
      TestDatabase.execute("update fan_out set ended_at = null");

      clock.advance(KEPT);
      assertThat(purge(fixture)).isZero();
      clock.advance(Duration.ofSeconds(1));
      assertThat(purge(fixture)).isEqualTo(1);
      assertThat(fixture.status("stuck")).isEqualTo(EventStatus.RETRYING);
    }
  }

  /// A node of the earlier version replays, and leaves in place when the event ended before.
  @Test
  void postgres_keepsWhatAnEarlierVersionReplayed() throws Exception {
    try (PostgresAdapter adapter = TestDatabase.empty(clock)) {
      var fixture = new StorageFixture(adapter.storage(), clock);
      MixedEvents.store(fixture, "e-1", Map.of(MAIL, COMPLETED, BILLING, COMPLETED));
      clock.advance(KEPT);
      replay(fixture);
      TestDatabase.execute("update fan_out set ended_at = 5");
      clock.advance(KEPT);

      assertThat(purge(fixture)).isZero();
      clock.advance(Duration.ofSeconds(1));
      assertThat(purge(fixture)).isEqualTo(1);
    }
  }

  /// It is stuck, and not looked at before it is finished.
  @Test
  void postgres_keepsWhatAnEarlierVersionLeftUnfinished() throws Exception {
    try (PostgresAdapter adapter = TestDatabase.empty(clock)) {
      var fixture = new StorageFixture(adapter.storage(), clock);
      MixedEvents.store(fixture, "e-1", Map.of(MAIL, COMPLETED, BILLING, RETRYING));
      TestDatabase.execute("update fan_out set ended_at = 5");
      clock.advance(KEPT.plusSeconds(1));

      assertThat(purge(fixture)).isZero();
    }
  }
}
