package dev.sluice.adapter.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.adapter.jdbc.Schema;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.servers.PostgresServer;
import dev.sluice.domain.port.PortException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An upgrade while nodes of the previous version continue: none of their statements waits for
/// long, and all of them still work afterwards.
@Tag("slow")
final class MigrationsBesideLoadTest {

  private static final String MIGRATIONS = "dev/sluice/adapter/jdbc/postgres";
  private static final String OF_THIS_TEST = "migrations-of-a-test";
  private static final String REPEATED = "migrations-that-are-repeated";
  private static final String AFTER_A_DEADLOCK = "migrations-after-a-deadlock";
  private static final String WITHOUT_LIMITS = "migrations-without-limits";

  /// Limits of a user, as docs/operations.md has them be set behind a pooler, but tighter.
  private static final String LIMITS =
      "?options=-c%20statement_timeout=15s%20-c%20idle_in_transaction_session_timeout=100";

  /// 600,000 events, half of them finished: about 1.2 million rows. The counts are those of 100,000
  /// further events.
  private static final String FILL =
      """
      insert into event (seq, id, type, occurred_at, received_at, payload, checksum)
      select n, 'e-' || lpad(n::text, 9, '0'), 'order.paid', n, n, '{}', 0
      from generate_series(1, 600000) n;
      insert into finished (status, seq, subscription, siblings, finished_at, started, spent,
                            worker, claimed_at)
      select case when n % 50 = 0 then 2 else 1 end, n, 'default', 1, n, 1, 1, 'w', n
      from generate_series(1, 300000) n;
      insert into waiting (state, seq, subscription, siblings, bytes, due_at, started, spent)
      select 0, n, 'default', 1, 2, n, 0, 0 from generate_series(300001, 600000) n;
      insert into fan_out (seq, received, completed)
      select n, n % 2, 10 - n % 2 from generate_series(600001, 700000) n;
      select setval('event_seq', 700000);
      """;

  private static final String APPEND =
      """
      with stored as (
        insert into event (seq, id, type, occurred_at, received_at, payload, checksum)
        select s, 'n-' || s, 'order.paid', 0, 0, '{}', 0 from nextval('event_seq') s
        returning seq)
      insert into waiting (state, seq, subscription, siblings, bytes, due_at, started, spent)
      select 0, seq, 'default', 1, 2, 0, 0, 0 from stored
      """;

  private static final String CLAIM =
      """
      with taken as (
        delete from waiting where ctid = any(array(
          select ctid from waiting order by due_at limit 5 for update skip locked))
        returning seq, subscription, siblings, bytes, due_at, started, spent)
      insert into leased (seq, subscription, siblings, bytes, due_at, started, spent, worker,
                          claimed_at, lease_until)
      select seq, subscription, siblings, bytes, due_at, started + 1, spent + 1, 'w', 0, 0
      from taken
      """;

  private static final String SETTLE =
      """
      with ended as (delete from leased returning seq, subscription, siblings, started, spent)
      insert into finished (status, seq, subscription, siblings, finished_at, started, spent,
                            worker, claimed_at)
      select 1, seq, subscription, siblings, 0, started, spent, 'w', 0 from ended
      """;

  /// The delivery of an event with several, as it is claimed and settled.
  private static final String MOVE =
      """
      update fan_out set received = received - 1, completed = completed + 1
      where seq = (select seq from fan_out
                   where seq > (select 600000 + (random() * 90000)::bigint) and received > 0
                   order by seq limit 1)
      """;

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // JUnit calls start() first.
  private PostgresServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        PostgresServer.start(folder, Map.of("synchronous_commit", "off", "max_wal_size", "4GB"));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private DataSource database() {
    return new Connections(PostgresSettings.of(server.url(), 4, true)).patientDataSource();
  }

  private void migrateTo(String version, String migrations) {
    Flyway.configure()
        .dataSource(database())
        .locations("classpath:" + migrations)
        .table("schema_history")
        .target(MigrationVersion.fromVersion(version))
        .load()
        .migrate();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void everyMigration_letsNodesGoOn() throws Exception {
    migrateTo("1", MIGRATIONS);
    try (Connection connection = server.connect()) {
      execute(connection, FILL);
    }
    var isOver = new AtomicBoolean();
    var rounds = new AtomicInteger();
    var load =
        CompletableFuture.runAsync(() -> work(isOver, rounds), task -> new Thread(task).start());
    Eventually.holds("nodes work", () -> rounds.get() > 10);

    Schema.migrateBesideLoad(database(), "test", MIGRATIONS);
    int after = rounds.get();
    Eventually.holds("nodes go on", () -> rounds.get() > after + 10 || load.isDone());
    isOver.set(true);

    load.join();
  }

  /// Runs the statements of a node of the first version, until the test is over or a statement
  /// fails.
  private void work(AtomicBoolean isOver, AtomicInteger rounds) {
    try (Connection connection = server.connect()) {
      execute(connection, "set lock_timeout = '2s'; set statement_timeout = '4s'");
      execute(connection, "set enable_seqscan = off");
      while (!isOver.get()) {
        execute(connection, APPEND);
        execute(connection, CLAIM);
        execute(connection, SETTLE);
        execute(connection, MOVE);
        rounds.incrementAndGet();
      }
    } catch (SQLException e) {
      throw new AssertionError("a statement failed beside a migration", e);
    }
  }

  /// A backup reads for hours; every statement would queue behind a change that waits for it.
  @Test
  void migrationThatMustWait_letsOthersGoFirst() throws Exception {
    migrateTo("1", OF_THIS_TEST);
    try (Connection backup = server.connect();
        Connection node = server.connect()) {
      backup.setAutoCommit(false);
      execute(backup, "select * from thing");
      execute(node, "set lock_timeout = '5s'");
      var migration =
          CompletableFuture.runAsync(
              () -> Schema.migrateBesideLoad(database(), "test", OF_THIS_TEST),
              task -> new Thread(task).start());
      Eventually.holds("the migration waits", () -> isWaiting());

      execute(node, "insert into thing values (1)");
      assertThat(migration).isNotDone();
      backup.rollback();

      migration.join();
      execute(node, "insert into thing (id, name) values (2, 'x')");
    }
  }

  /// An index on a full disk, or cancelled by an administrator.
  @Test
  void indexThatCannotBeMade_isMadeByTheNextStart() throws Exception {
    migrateTo("1", REPEATED);
    try (Connection connection = server.connect()) {
      execute(connection, "insert into thing values (1), (1)");
      assertThatThrownBy(() -> Schema.migrateBesideLoad(database(), "test", REPEATED))
          .isInstanceOf(PortException.class);
      execute(connection, "delete from thing");

      Schema.migrateBesideLoad(database(), "test", REPEATED);
      assertThatThrownBy(() -> execute(connection, "insert into thing values (1), (1)"))
          .hasMessageContaining("thing_id");
    }
  }

  /// The lock of migrations lasts one transaction there, for which such an index waits.
  @Test
  void indexMadeConcurrently_isMadeBehindAPoolerToo() {
    PostgresSettings pooled = PostgresSettings.of(server.url(), 4, false);

    Schema.migrateBehindPooler(new Connections(pooled).patientDataSource(), "test", MIGRATIONS);

    // The same migrations to a node that is connected directly.
    Schema.migrateBesideLoad(database(), "test", MIGRATIONS);
  }

  /// PostgreSQL ended it in favour of a node.
  @Test
  void migrationThatADeadlockEnds_isRepeated() throws Exception {
    Schema.migrateBesideLoad(database(), "test", AFTER_A_DEADLOCK);

    try (Connection connection = server.connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select last_value from tries")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getLong(1)).isEqualTo(2);
    }
  }

  private DataSource databaseWithLimits(boolean isNotifying) {
    String url = server.url() + LIMITS;
    return new Connections(PostgresSettings.of(url, 4, isNotifying)).patientDataSource();
  }

  @Test
  void limitsOfTheUser_doNotEndMigrations() {
    Schema.migrateBesideLoad(databaseWithLimits(true), "test", WITHOUT_LIMITS);
  }

  @Test
  void limitsOfTheUser_doNotEndMigrationsBehindAPooler() {
    Schema.migrateBehindPooler(databaseWithLimits(false), "test", WITHOUT_LIMITS);
  }

  @Test
  void limitsOfTheUser_doNotEndAnUpgradeBehindAPooler() {
    migrateTo("1", WITHOUT_LIMITS);

    Schema.migrateBehindPooler(databaseWithLimits(false), "test", WITHOUT_LIMITS);
  }

  private boolean isWaiting() {
    try (Connection connection = server.connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from pg_locks where not granted")) {
      row.next();
      return row.getInt(1) > 0;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
