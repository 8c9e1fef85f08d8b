package dev.sluice.adapter.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.Events;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.contract.servers.PostgresServer;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.StoreUnavailableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What PostgreSQL offers beyond the contracts of its ports.
final class PostgresAdapterTest {

  private static final String WITHOUT_WAIT = "?options=-c%20synchronous_commit=off";

  private final SettableClock clock = new SettableClock();

  private StorageFixture fixture(PostgresAdapter adapter) {
    return new StorageFixture(adapter.storage(), clock);
  }

  private static PostgresAdapter open(String url) {
    return PostgresAdapter.open(
        PostgresSettings.of(url, 4, true), InstantSource.system(), StorageThreads.FACTORY);
  }

  @Test
  void serverThatForgets_isRefused(@TempDir Path folder) throws Exception {
    try (var server = PostgresServer.start(folder, Map.of("fsync", "off"))) {
      assertThatExceptionOfType(PortException.class)
          .isThrownBy(() -> open(server.url()))
          .withMessageContaining("fsync=off")
          .withMessageContaining("set fsync=on");
    }
  }

  @Test
  void everySession_waitsForItsCommits() {
    var connections =
        new Connections(PostgresSettings.of(TestDatabase.url() + WITHOUT_WAIT, 4, true));
    try (var pool = new ConnectionPool(connections, "test", 1, StorageThreads.FACTORY)) {
      assertThat(setting(pool, "synchronous_commit")).isEqualTo("on");
    }
  }

  @Test
  void sessionThatWaitsForReplicasToApply_goesOnDoingSo() {
    String url = TestDatabase.url() + "?options=-c%20synchronous_commit=remote_apply";
    var connections = new Connections(PostgresSettings.of(url, 4, true));
    try (var pool = new ConnectionPool(connections, "test", 1, StorageThreads.FACTORY)) {
      assertThat(setting(pool, "synchronous_commit")).isEqualTo("remote_apply");
    }
  }

  @Test
  void commitThatIsNotWaitedFor_isRefusedWhereItCannotBeSet() {
    PostgresSettings settings = PostgresSettings.of(TestDatabase.url() + WITHOUT_WAIT, 4, false);

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(
            () -> PostgresAdapter.open(settings, InstantSource.system(), StorageThreads.FACTORY))
        .withMessageContaining("synchronous_commit=off")
        .withMessageContaining("alter role");
  }

  @Test
  void serverThatIsNotThere_isNamedWithoutThePassword() throws Exception {
    int port = freePort();

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> open("postgresql://me:secret@127.0.0.1:" + port + "/db"))
        .withMessageContaining("127.0.0.1:" + port)
        .withMessageContaining("DATABASE_URL")
        .withMessageNotContaining("secret");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// It accepts connections and never answers: no one may wait for it forever.
  @Test
  void serverThatDoesNotAnswer_isGivenUp() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      long begin = System.nanoTime();

      assertThatExceptionOfType(PortException.class)
          .isThrownBy(() -> open("postgresql://127.0.0.1:" + silent.getLocalPort() + "/db"));

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    }
  }

  /// The pool only knows that it waited in vain; operators must learn why.
  @Test
  void connectionThatIsRefusedLater_saysWhy() {
    var connections =
        new Connections(
            PostgresSettings.of(TestDatabase.url().replaceFirst("/postgres$", "/gone"), 4, true));
    try (var pool = new ConnectionPool(connections, "test", 1, StorageThreads.FACTORY)) {
      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> setting(pool, "fsync"))
          .withMessageContaining("\"gone\" does not exist");
    }
  }

  @Test
  void serverThatTakesNoWrites_isRefused() {
    assertThatExceptionOfType(PortException.class)
        .isThrownBy(
            () -> open(TestDatabase.url() + "?options=-c%20default_transaction_read_only=on"))
        .withMessageContaining("read-only")
        .withMessageContaining("DATABASE_URL");
  }

  @Test
  void tablesOfANewerVersion_areRefused() {
    TestDatabase.empty(clock).close();
    TestDatabase.execute(
        "insert into schema_history (installed_rank, version, description, type, script, checksum,"
            + " installed_by, execution_time, success)"
            + " values (99, '99', 'future', 'SQL', 'V99__future.sql', 1, 'x', 1, true)");
    try {
      assertThatExceptionOfType(PortException.class)
          .isThrownBy(() -> TestDatabase.open(clock))
          .withMessageContaining("newer Sluice")
          .withMessageContaining("99");
    } finally {
      TestDatabase.execute("delete from schema_history where installed_rank = 99");
    }
  }

  @Test
  void nodesThatStartAtOnce_makeTheTablesOnce() throws Exception {
    TestDatabase.execute("drop schema public cascade; create schema public");
    List<Callable<PostgresAdapter>> starts =
        List.of(
            () -> TestDatabase.open(clock),
            () -> TestDatabase.open(clock),
            () -> TestDatabase.open(clock));
    try (var threads = Executors.newFixedThreadPool(starts.size())) {
      for (Future<PostgresAdapter> started : threads.invokeAll(starts)) {
        started.get().close();
      }
    }
    assertThat(TestDatabase.number("select count(*) from schema_history where success"))
        .isPositive()
        .isEqualTo(TestDatabase.number("select count(distinct version) from schema_history"));
  }

  @Test
  void everySession_hasItsLimits() {
    var connections = new Connections(TestDatabase.settings());
    try (var pool = new ConnectionPool(connections, "test", 1, StorageThreads.FACTORY)) {
      assertThat(setting(pool, "statement_timeout")).isEqualTo("15s");
      assertThat(setting(pool, "lock_timeout")).isEqualTo("5s");
      assertThat(setting(pool, "idle_in_transaction_session_timeout")).isEqualTo("10s");
    }
  }

  private static String setting(ConnectionPool pool, String name) {
    return pool.one(
        statements -> {
          try (var row = statements.of("show " + name).executeQuery()) {
            row.next();
            return row.getString(1);
          }
        });
  }

  @Test
  void whatIsStored_survivesTheProcess() {
    try (PostgresAdapter adapter = TestDatabase.empty(clock)) {
      fixture(adapter).append("kept");
    }
    try (PostgresAdapter adapter = TestDatabase.open(clock)) {
      assertThat(fixture(adapter).status("kept")).isEqualTo(EventStatus.RECEIVED);
      assertThat(fixture(adapter).claimOne().event()).isEqualTo(Events.event("kept"));
    }
  }

  @Test
  void damagedPayload_becomesADeadLetterAndStandsInNobodysWay() {
    try (PostgresAdapter adapter = TestDatabase.empty(clock)) {
      StorageFixture storage = fixture(adapter);
      storage.append("bad");
      storage.append("good");
      TestDatabase.execute("update event set payload = '{\"n\":2}' where id = 'bad'");

      assertThat(storage.claimOne().event().id()).isEqualTo(new EventId("good"));
      assertThat(storage.events().counts().of(EventStatus.FAILED)).isEqualTo(1);
      assertThat(storage.events().list(EventFilter.ALL, PageRequest.first(10)).items())
          .extracting(event -> event.event().id().value())
          .containsExactly("good");
    }
  }

  /// Without a test's clock, the database's clock counts.
  @Test
  void leases_goByTheDatabasesClock() {
    TestDatabase.empty(clock).close();
    var wrong = InstantSource.fixed(Instant.parse("1999-12-31T23:59:59Z"));
    try (PostgresAdapter adapter =
        PostgresAdapter.open(TestDatabase.settings(), wrong, StorageThreads.FACTORY)) {
      var storage = new StorageFixture(adapter.storage(), clock);
      storage.append("e-1");

      Instant claimedAt = storage.claimOne().lease().startedAt();

      assertThat(claimedAt).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
      assertThat(storage.queue().reclaimExpired(10, _ -> storage.retryIn(Duration.ZERO))).isEmpty();
      assertThat(storage.events().counts().oldestWaitingAge(wrong.instant())).isEmpty();
    }
  }

  /// More blocks than one search covers, and a time that occurs only in the first of them.
  @Test
  void oldTimes_areFoundPastManyRuns() {
    try (PostgresAdapter adapter = TestDatabase.empty(clock)) {
      StorageFixture storage = fixture(adapter);
      storage.append(Events.event("old", "t", SettableClock.START.minus(Duration.ofDays(30))));
      TestDatabase.execute("select setval('event_seq', 10000000)");
      for (int run = 0; run < 3; run++) {
        storage.append("new-" + run);
        TestDatabase.execute("select setval('event_seq', nextval('event_seq') + 5000)");
      }
      EventFilter lastMonth =
          EventFilter.ALL.occurredBetween(
              Instant.MIN, SettableClock.START.minus(Duration.ofDays(29)));

      Page<?> page = storage.events().list(lastMonth, PageRequest.first(10));

      assertThat(page.items()).hasSize(1);
      assertThat(page.hasNext()).isFalse();
    }
  }

  @Test
  void closingTwice_doesNoHarm() {
    PostgresAdapter adapter = TestDatabase.empty(clock);
    adapter.close();

    assertThatCode(adapter::close).doesNotThrowAnyException();
    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> fixture(adapter).append("late"));
  }
}
