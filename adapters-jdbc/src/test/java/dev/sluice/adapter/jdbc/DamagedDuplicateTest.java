package dev.sluice.adapter.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.adapter.jdbc.postgres.PostgresAdapter;
import dev.sluice.adapter.jdbc.postgres.TestDatabase;
import dev.sluice.adapter.jdbc.sqlite.SqliteAdapter;
import dev.sluice.adapter.jdbc.sqlite.SqliteSettings;
import dev.sluice.contract.Events;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.event.ContentDigest;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.DamagedEventException;
import dev.sluice.domain.port.ExistingEvent;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.subscription.SubscriptionName;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A damaged event whose id comes again: it affects no other event, and its payload is not read.
@Tag("slow")
final class DamagedDuplicateTest {

  private static final String DAMAGE = "update event set payload = '[2]' where id = 'bad'";
  private static final ContentDigest DIGEST = new ContentDigest("1abcdefghijklmnopqrstuv");

  @TempDir Path directory;
  private final SettableClock clock = new SettableClock();

  private interface Scene {
    void play(StorageFixture storage);
  }

  private void onSqlite(Scene scene) throws SQLException {
    var settings = new SqliteSettings(directory.resolve("data"));
    try (var first = SqliteAdapter.open(settings, clock, StorageThreads.FACTORY)) {
      store(new StorageFixture(first.storage(), clock));
    }
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + settings.file());
        var statement = connection.createStatement()) {
      statement.execute(DAMAGE);
    }
    try (var second = SqliteAdapter.open(settings, clock, StorageThreads.FACTORY)) {
      scene.play(new StorageFixture(second.storage(), clock));
    }
  }

  private void onPostgres(Scene scene) {
    try (PostgresAdapter adapter = TestDatabase.empty(clock)) {
      var storage = new StorageFixture(adapter.storage(), clock);
      store(storage);
      TestDatabase.execute(DAMAGE);
      scene.play(storage);
    }
  }

  private static void store(StorageFixture storage) {
    storage
        .events()
        .append(
            List.of(
                new NewEvent(
                    Events.event("bad"),
                    List.of(SubscriptionName.DEFAULT),
                    0,
                    Optional.of(DIGEST))));
  }

  private static void isADuplicateAmongOthers(StorageFixture storage) {
    List<AppendResult> results =
        storage
            .events()
            .append(
                List.of(
                    Events.routed(Events.event("a")),
                    Events.routed(Events.event("bad")),
                    Events.routed(Events.event("b"))));

    assertThat(results)
        .extracting(result -> result.getClass().getSimpleName())
        .containsExactly("Stored", "Duplicate", "Stored");
    assertThat(storage.events().existing(List.of(new EventId("bad"))))
        .flatExtracting(event -> event.digest().stream().toList())
        .containsExactly(DIGEST);
  }

  private static void isNotChanged(StorageFixture storage) {
    var bad = new EventId("bad");

    assertThatExceptionOfType(DamagedEventException.class)
        .isThrownBy(() -> storage.control().cancel(bad, Set.of()))
        .withMessageContaining("event bad");
    assertThatExceptionOfType(DamagedEventException.class)
        .isThrownBy(() -> storage.control().replay(bad, new ReplayScope.All(), LanePlace.TAIL));
    assertThatExceptionOfType(DamagedEventException.class)
        .isThrownBy(() -> storage.control().discard(bad, Set.of()));
    assertThat(storage.events().existing(List.of(bad)))
        .extracting(ExistingEvent::status)
        .containsExactly(EventStatus.RECEIVED);
  }

  @Test
  void damagedEventInSqlite_isADuplicateAmongOthers() throws SQLException {
    onSqlite(DamagedDuplicateTest::isADuplicateAmongOthers);
  }

  @Test
  void damagedEventInPostgres_isADuplicateAmongOthers() {
    onPostgres(DamagedDuplicateTest::isADuplicateAmongOthers);
  }

  @Test
  void controlOfADamagedEventInSqlite_saysSoAndChangesNothing() throws SQLException {
    onSqlite(DamagedDuplicateTest::isNotChanged);
  }

  @Test
  void controlOfADamagedEventInPostgres_saysSoAndChangesNothing() {
    onPostgres(DamagedDuplicateTest::isNotChanged);
  }
}
