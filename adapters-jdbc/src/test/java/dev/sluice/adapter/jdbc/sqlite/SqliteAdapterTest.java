package dev.sluice.adapter.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.adapter.jdbc.EventSql;
import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.adapter.jdbc.sqlite.sql.LiveSql;
import dev.sluice.contract.Events;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.figures.StatusCounts;
import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.subscription.SubscriptionName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The embedded storage outlives its process, which its ports' contracts do not cover.
final class SqliteAdapterTest {

  @TempDir Path directory;
  private final SettableClock clock = new SettableClock();

  private SqliteSettings settings() {
    return new SqliteSettings(directory.resolve("data"));
  }

  private SqliteAdapter open() {
    return SqliteAdapter.open(settings(), clock, StorageThreads.FACTORY);
  }

  private StorageFixture fixture(SqliteAdapter adapter) {
    return new StorageFixture(adapter.storage(), clock);
  }

  /// Changes the file as another program would.
  private void tamper(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + settings().file());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void fillWithEveryState(StorageFixture storage) {
    storage.complete("done");
    storage.deadLetter(Events.event("dead"));
    storage.events().append(List.of(Events.unrouted(Events.event("unrouted"))));
    storage.append("retrying");
    storage.settle(storage.claimOne(), storage.retryIn(Duration.ofHours(1)));
    List<SubscriptionName> two = List.of(new SubscriptionName("a"), new SubscriptionName("b"));
    storage.events().append(List.of(new NewEvent(Events.event("two"), two)));
    storage.append("waiting");
  }

  @Test
  void reopened_everythingIsAsItWas() {
    StatusCounts before;
    List<Object> records;
    try (SqliteAdapter first = open()) {
      StorageFixture storage = fixture(first);
      fillWithEveryState(storage);
      before = storage.events().counts();
      records = List.of(storage.record("done"), storage.record("retrying"), storage.record("two"));
    }

    try (SqliteAdapter second = open()) {
      StorageFixture storage = fixture(second);
      assertThat(storage.events().counts()).isEqualTo(before);
      assertThat(
              List.<Object>of(
                  storage.record("done"), storage.record("retrying"), storage.record("two")))
          .isEqualTo(records);
    }
  }

  @Test
  void deliveriesOfTheLastProcess_areReclaimedAtOnce() {
    try (SqliteAdapter first = open()) {
      fixture(first).append("e-1");
      fixture(first).claimOne();
    }

    try (SqliteAdapter second = open()) {
      StorageFixture storage = fixture(second);
      assertThat(storage.status("e-1")).isEqualTo(EventStatus.PROCESSING);
      assertThat(storage.queue().reclaimExpired(10, _ -> storage.retryIn(Duration.ZERO)))
          .hasSize(1);
      assertThat(storage.claimOne().attempt()).as("the fencing token").isEqualTo(2);
    }
  }

  @Test
  void numbersOfEvents_goOn() {
    try (SqliteAdapter first = open()) {
      fixture(first).append("e-1");
    }
    try (SqliteAdapter second = open()) {
      fixture(second).append("e-2");
      assertThat(fixture(second).status("e-2")).isEqualTo(EventStatus.RECEIVED);
      assertThat(fixture(second).status("e-1")).isEqualTo(EventStatus.RECEIVED);
    }
  }

  @Test
  void secondUser_isRefused() {
    try (SqliteAdapter first = open()) {
      assertThat(first).isNotNull();
      assertThatExceptionOfType(PortException.class)
          .isThrownBy(this::open)
          .withMessageContaining("another Sluice uses the data in")
          .withMessageContaining("DATA_DIR");
    }
  }

  @Test
  void fileOfANewerVersion_isRefusedAndLeftAlone() throws Exception {
    open().close();
    tamper(
        "insert into schema_history (installed_rank, version, description, type, script, checksum,"
            + " installed_by, execution_time, success)"
            + " values (99, '99', 'future', 'SQL', 'V99__future.sql', 1, 'x', 1, 1)");

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(this::open)
        .withMessageContaining("newer Sluice")
        .withMessageContaining("99");
  }

  @Test
  void folderThatCannotBeMade_isNamed() throws Exception {
    Files.writeString(directory.resolve("data"), "a file");

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(this::open)
        .withMessageContaining(directory.resolve("data").toString());
  }

  @Test
  void damagedPayload_isNotReadButTold() throws Exception {
    try (SqliteAdapter first = open()) {
      fixture(first).complete("e-1");
    }
    tamper("update event set payload = '[2]'");

    try (SqliteAdapter second = open()) {
      assertThatExceptionOfType(PortException.class)
          .isThrownBy(() -> second.storage().events().find(new EventId("e-1")))
          .withMessageContaining("event e-1")
          .withMessageContaining("damaged");
    }
    assertThat(SqliteAdapter.check(settings()).problems())
        .singleElement()
        .asString()
        .contains("event e-1");
  }

  @Test
  void damagedPayload_reachesNoHandler() throws Exception {
    try (SqliteAdapter first = open()) {
      fixture(first).append("held");
      fixture(first).claimOne();
      fixture(first).append("waiting");
    }
    tamper("update event set payload = '[2]'");

    try (SqliteAdapter second = open()) {
      StorageFixture storage = fixture(second);
      assertThat(storage.queue().reclaimExpired(10, _ -> storage.retryIn(Duration.ZERO))).isEmpty();
      assertThat(
              storage
                  .queue()
                  .claim(StorageFixture.WORKER, QuotaSamples.upTo(10), StorageFixture.LEASE))
          .isEmpty();
      assertThat(storage.events().counts().of(EventStatus.FAILED)).isEqualTo(2);
    }
  }

  @Test
  @Tag("slow")
  void damagedPayload_standsInNobodysWay() throws Exception {
    try (SqliteAdapter first = open()) {
      List.of("one", "two", "three").forEach(id -> fixture(first).deadLetter(Events.event(id)));
    }
    tamper("update event set payload = '[2]' where id = 'two'");

    try (SqliteAdapter second = open()) {
      StorageFixture storage = fixture(second);
      assertThat(storage.events().list(EventFilter.ALL, PageRequest.first(10)).items())
          .extracting(event -> event.event().id().value())
          .containsExactly("three", "one");
      assertThat(replayAll(storage)).isEqualTo(3);
      assertThat(
              storage
                  .queue()
                  .claim(StorageFixture.WORKER, QuotaSamples.upTo(10), StorageFixture.LEASE))
          .extracting(claim -> claim.event().id().value())
          .containsExactly("one", "three");
    }
  }

  @Test
  void missingEvent_doesNotKeepOthersFromBeingClaimed() throws Exception {
    try (SqliteAdapter first = open()) {
      fixture(first).append("held");
      fixture(first).claimOne();
      fixture(first).append("gone");
      fixture(first).append("there");
    }
    tamper("delete from event where id in ('held', 'gone')");

    try (SqliteAdapter second = open()) {
      StorageFixture storage = fixture(second);
      assertThat(storage.queue().reclaimExpired(10, _ -> storage.retryIn(Duration.ZERO))).isEmpty();
      assertThat(storage.claimOne().event().id()).isEqualTo(new EventId("there"));
    }
  }

  /// With hundreds of thousands of future retries, reading all of them would stall everything.
  @Test
  void nextDue_isFoundWithoutSorting() throws Exception {
    open().close();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + settings().file())) {
      for (String sql : List.of(LiveSql.NEXT_DUE, LiveSql.FIRST_WAITING, EventSql.OLDEST_DUE)) {
        assertThat(plan(connection, sql)).as(sql).doesNotContain("TEMP B-TREE", "live_by_state");
      }
      assertThat(plan(connection, EventSql.COUNT_FINISHED)).doesNotContain("TEMP B-TREE");
    }
  }

  private static String plan(Connection connection, String sql) throws SQLException {
    var plan = new StringBuilder();
    try (var statement = connection.prepareStatement("explain query plan " + sql);
        var row = statement.executeQuery()) {
      while (row.next()) {
        plan.append(row.getString("detail")).append('\n');
      }
    }
    return plan.toString();
  }

  @Test
  void backup_ofARunningStorage_canBeOpened() {
    var restored = new SqliteSettings(directory);
    Path copy = restored.file();
    try (SqliteAdapter first = open()) {
      fillWithEveryState(fixture(first));
      SqliteAdapter.backup(settings(), copy);
      fixture(first).append("later");
    }

    assertThat(SqliteAdapter.check(restored)).isEqualTo(new SqliteAdapter.Check(6, List.of()));
    try (SqliteAdapter second = SqliteAdapter.open(restored, clock, StorageThreads.FACTORY)) {
      assertThat(fixture(second).status("dead")).isEqualTo(EventStatus.FAILED);
      assertThat(second.storage().events().find(new EventId("later"))).isEmpty();
    }
  }

  @Test
  void backup_overwritesNothing() {
    try (SqliteAdapter first = open()) {
      assertThat(first).isNotNull();
      assertThatExceptionOfType(PortException.class)
          .isThrownBy(() -> SqliteAdapter.backup(settings(), settings().file()))
          .withMessageContaining("exists already");
    }
  }

  @Test
  void purgedStorage_givesRoomBack() throws Exception {
    try (SqliteAdapter first = open()) {
      StorageFixture storage = fixture(first);
      String json = "\"" + "x".repeat(100_000) + "\"";
      for (int number = 0; number < 100; number++) {
        storage.append(Events.withPayload(Events.event("e-" + number), json));
        storage.settle(storage.claimOne(), Resolution.COMPLETE);
      }
      for (int round = 0; round < 20; round++) {
        storage.events().purge(storage.now().plusSeconds(1), 10);
      }
    }

    assertThat(Files.size(settings().file())).isLessThan(6_000_000);
    assertThat(SqliteAdapter.check(settings())).isEqualTo(new SqliteAdapter.Check(0, List.of()));
  }

  @Test
  void check_findsEventsWithoutDeliveriesAndTheOtherWayRound() throws Exception {
    try (SqliteAdapter first = open()) {
      fixture(first).complete("no event");
      fixture(first).append("no delivery");
    }
    tamper("delete from live");
    tamper("delete from event where id = 'no event'");

    assertThat(SqliteAdapter.check(settings()).problems())
        .containsExactlyInAnyOrder(
            "sequence 2 has no delivery", "sequence 1 has deliveries but no event");
  }

  @Test
  void check_ofNoStorage_saysSo() {
    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> SqliteAdapter.check(settings()))
        .withMessageContaining("there is no storage in");
  }

  /// @return how many dead letters were replayed
  private static int replayAll(StorageFixture storage) {
    var plan =
        new BulkPlan(
            "job",
            "token",
            BulkAction.REPLAY,
            EventFilter.ALL.withStatuses(Set.of(EventStatus.FAILED)),
            Optional.empty(),
            storage.events().newest(),
            Cursor.END,
            10,
            storage.now(),
            "test");
    storage.storage().bulk().plan(plan);
    storage.storage().bulk().start("job", "test", 0);
    return storage.storage().bulk().step("job", 10).orElseThrow().changed().size();
  }
}
