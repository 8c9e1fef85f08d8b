package dev.sluice.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.postgres.PostgresAdapter;
import dev.sluice.adapter.jdbc.postgres.TestDatabase;
import dev.sluice.adapter.jdbc.sqlite.SqliteAdapter;
import dev.sluice.adapter.jdbc.sqlite.SqliteSettings;
import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.Storage;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Deliveries that a node of an earlier version parked are claimed after an upgrade.
@Tag("slow")
final class ParkedByEarlierVersionTest {

  @TempDir Path directory;
  private final SettableClock clock = new SettableClock();

  private SqliteSettings settings() {
    return new SqliteSettings(directory);
  }

  private String url() {
    return "jdbc:sqlite:" + settings().file();
  }

  /// Six events from before claims went by subscription: received, parked, retrying, parked while
  /// retrying, abandoned, and leased.
  private static String sixEvents() {
    return """
    insert into event (seq, id, type, occurred_at, received_at, payload, checksum)
    values (1, 'e-1', 't', 1, 1, '{}', %1$d), (2, 'e-2', 't', 1, 1, '{}', %1$d),
           (3, 'e-3', 't', 1, 1, '{}', %1$d), (4, 'e-4', 't', 1, 1, '{}', %1$d),
           (5, 'e-5', 't', 1, 1, '{}', %1$d), (6, 'e-6', 't', 1, 1, '{}', %1$d);
    insert into live (due_at, seq, subscription, state, siblings, started, spent, worker,
                      claimed_at, lease_until, failure_kind, failure_error, failure_message)
    values (1000, 1, 'default', 0, 1, 0, 0, null, null, null, null, null, null),
           (500 + 4611686018427387904, 2, 'mail', 0, 1, 0, 0, null, null, null, null, null, null),
           (700, 3, 'mail', 1, 1, 1, 1, null, null, null, 'HANDLER', 'e', 'm'),
           (600 + 4611686018427387904, 4, 'mail', 1, 1, 1, 1, null, null, null, 'HANDLER', 'e', 'm'),
           (100, 5, 'default', 1, 1, 1, 0, null, null, null, 'ABANDONED', 'e', 'm'),
           (50, 6, 'default', 2, 1, 1, 1, 'w', 60, 70, null, null, null);
    """
        .formatted(EventRows.checksum("{}"));
  }

  private static List<String> ids(List<Claim> claims) {
    return claims.stream().map(claim -> claim.event().id().value()).toList();
  }

  private static List<Claim> claim(Storage storage) {
    return storage
        .deliveries()
        .claim(StorageFixture.WORKER, QuotaSamples.upTo(100), StorageFixture.LEASE);
  }

  @Test
  void sqlite_bringsThemBackInTheirOldOrder() throws Exception {
    Flyway.configure(Schema.class.getClassLoader())
        .dataSource(url(), "", "")
        .locations("classpath:dev/sluice/adapter/jdbc/sqlite")
        .table("schema_history")
        .target(MigrationVersion.fromVersion("11"))
        .load()
        .migrate();
    try (var connection = DriverManager.getConnection(url());
        var statement = connection.createStatement()) {
      statement.executeUpdate(sixEvents());
    }

    try (SqliteAdapter adapter = SqliteAdapter.open(settings(), clock, StorageThreads.FACTORY)) {
      Storage storage = adapter.storage();
      assertThat(ids(claim(storage))).containsExactlyInAnyOrder("e-1", "e-2", "e-3", "e-4");
      assertThat(
              ids(
                  storage
                      .deliveries()
                      .claimAbandoned(
                          StorageFixture.WORKER, QuotaSamples.upTo(9), StorageFixture.LEASE)))
          .containsExactly("e-5");
      assertThat(storage.events().counts().of(DeliveryStatus.PROCESSING)).isEqualTo(6);
    }
    assertThat(SqliteAdapter.check(settings()).problems()).isEmpty();
  }

  @Test
  void postgres_bringsThemBackWhileBothVersionsRun() throws Exception {
    try (PostgresAdapter adapter = TestDatabase.empty(clock)) {
      adapter.storage().events().append(Events.many(3));
      TestDatabase.execute("update waiting set due_at = due_at + 4611686018427387904");
      var claimed = new ArrayList<String>();

      Eventually.holds(
          "all are claimed",
          () -> {
            claimed.addAll(ids(claim(adapter.storage())));
            return claimed.size() == 3;
          });

      assertThat(claimed).containsExactlyInAnyOrder("e-1", "e-2", "e-3");
    }
  }
}
