package dev.sluice.adapter.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.jdbc.RandomWork;
import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.Events;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.figures.StatusCounts;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.subscription.SubscriptionName;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The stored totals that a start relies on instead of reading all rows.
final class TotalsTest {

  private static final List<SubscriptionName> TWO =
      List.of(new SubscriptionName("a"), new SubscriptionName("b"));

  @TempDir Path directory;
  private final SettableClock clock = new SettableClock();

  private SqliteSettings settings() {
    return new SqliteSettings(directory);
  }

  private SqliteAdapter open() {
    return SqliteAdapter.open(settings(), clock, StorageThreads.FACTORY);
  }

  private StorageFixture fixture(SqliteAdapter adapter) {
    return new StorageFixture(adapter.storage(), clock);
  }

  private void execute(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + settings().file());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void fillWithEveryState(StorageFixture storage) {
    storage.complete("done");
    storage.deadLetter(Events.event("dead"));
    storage.events().append(List.of(Events.unrouted(Events.event("unrouted"))));
    storage.append("cancelled");
    storage.control().cancel(Events.event("cancelled").id(), Set.of());
    storage.append("retrying");
    storage.settle(storage.claimOne(), storage.retryIn(Duration.ofHours(1)));
    storage.events().append(List.of(new NewEvent(Events.event("two"), TWO)));
    storage.append("waiting");
  }

  @Test
  void totals_areWhatCountingGives() {
    try (SqliteAdapter adapter = open()) {
      fillWithEveryState(fixture(adapter));
    }

    assertThat(SqliteAdapter.check(settings()).problems()).isEmpty();
  }

  @Test
  void wrongTotals_areReported() throws SQLException {
    try (SqliteAdapter adapter = open()) {
      fillWithEveryState(fixture(adapter));
    }
    execute("update totals set d_failed = d_failed + 1");

    assertThat(SqliteAdapter.check(settings()).problems())
        .anyMatch(line -> line.contains("totals"));
  }

  @Test
  void wrongCountsOfEvents_areReportedAndRecounted() throws SQLException {
    try (SqliteAdapter adapter = open()) {
      fillWithEveryState(fixture(adapter));
    }
    execute("update fan_out set failed = failed + 1");

    assertThat(SqliteAdapter.check(settings()).problems())
        .anyMatch(line -> line.contains("fan_out") && line.contains("1 events"));
    execute("delete from totals");
    open().close();

    assertThat(SqliteAdapter.check(settings()).problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete from fan_out", "insert into fan_out (seq) values (1)"})
  void missingAndLeftOverCounts_areReported(String change) throws SQLException {
    try (SqliteAdapter adapter = open()) {
      fillWithEveryState(fixture(adapter));
    }
    execute(change);

    assertThat(SqliteAdapter.check(settings()).problems())
        .anyMatch(line -> line.contains("fan_out"));
  }

  /// The counts are wrong; a delivery waits.
  @Test
  void waitingDelivery_keepsItsEventWhateverTheCountsSay() throws SQLException {
    try (SqliteAdapter adapter = open()) {
      fixture(adapter).events().append(List.of(new NewEvent(Events.event("two"), TWO)));
    }
    execute("update fan_out set received = 0, completed = 2, ended_at = 5");

    try (SqliteAdapter adapter = open()) {
      assertThat(fixture(adapter).events().purge(clock.instant(), 10)).isZero();
      assertThat(fixture(adapter).status("two")).isEqualTo(EventStatus.RECEIVED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete from fan_out", "update fan_out set received = 0"})
  void wrongCountsOfAnEvent_areRecountedWhenItChanges(String change) throws SQLException {
    try (SqliteAdapter adapter = open()) {
      fixture(adapter).events().append(List.of(new NewEvent(Events.event("two"), TWO)));
    }
    execute(change);

    try (SqliteAdapter adapter = open()) {
      StorageFixture storage = fixture(adapter);
      storage.claimDue().forEach(claim -> storage.settle(claim, Resolution.COMPLETE));
      assertThat(storage.status("two")).isEqualTo(EventStatus.COMPLETED);
    }
    assertThat(SqliteAdapter.check(settings()).problems()).isEmpty();
  }

  /// The check also reads backups of earlier versions.
  @Test
  void fileOfAnEarlierVersion_hasNoCountsOfEvents() throws SQLException {
    try (SqliteAdapter adapter = open()) {
      fillWithEveryState(fixture(adapter));
    }
    execute("drop table fan_out");

    assertThat(SqliteAdapter.check(settings()).problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void totalsAndCounts_followAnyWork(int seed) {
    try (SqliteAdapter adapter = open()) {
      var work = new RandomWork(adapter.storage(), clock, seed);
      for (int step = 0; step < 400; step++) {
        work.step();
        clock.advance(Duration.ofMillis(1));
      }
      fixture(adapter).claimDue();
    }

    assertThat(SqliteAdapter.check(settings()).problems()).isEmpty();
  }

  /// A start does not notice missing rows that it does not read.
  @Test
  void opening_readsNoHistory() throws SQLException {
    StatusCounts before;
    try (SqliteAdapter adapter = open()) {
      fillWithEveryState(fixture(adapter));
      before = fixture(adapter).events().counts();
    }
    execute("delete from finished");

    try (SqliteAdapter adapter = open()) {
      assertThat(fixture(adapter).events().counts()).isEqualTo(before);
    }
  }

  @Test
  void storageThatNeverKeptTotals_isCountedOnce() throws SQLException {
    StatusCounts before;
    try (SqliteAdapter adapter = open()) {
      fillWithEveryState(fixture(adapter));
      before = fixture(adapter).events().counts();
    }
    execute("delete from totals");

    try (SqliteAdapter adapter = open()) {
      assertThat(fixture(adapter).events().counts()).isEqualTo(before);
    }
    assertThat(SqliteAdapter.check(settings()).problems()).isEmpty();
  }

  @Test
  void numberOfAForgottenEvent_neverComesAgain() {
    Cursor newest;
    try (SqliteAdapter adapter = open()) {
      StorageFixture storage = fixture(adapter);
      storage.complete("old");
      newest = storage.events().newest();
      clock.advance(Duration.ofDays(1));
      assertThat(storage.events().purge(clock.instant(), 10)).isOne();
    }

    try (SqliteAdapter adapter = open()) {
      StorageFixture storage = fixture(adapter);
      storage.append("new");
      assertThat(storage.claimOne().sequence()).isGreaterThanOrEqualTo(newest.position());
      assertThat(storage.status("new")).isEqualTo(EventStatus.PROCESSING);
    }
  }

  @Test
  void settlementsAlone_areInTheTotals() {
    try (SqliteAdapter adapter = open()) {
      fixture(adapter).append("e-1");
    }
    try (SqliteAdapter adapter = open()) {
      StorageFixture storage = fixture(adapter);
      storage.settle(storage.claimOne(), Resolution.COMPLETE);
    }
    try (SqliteAdapter adapter = open()) {
      assertThat(fixture(adapter).events().counts().events().get(EventStatus.COMPLETED)).isOne();
    }
    assertThat(SqliteAdapter.check(settings()).problems()).isEmpty();
  }
}
