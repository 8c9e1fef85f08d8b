package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.servers.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// One PostgreSQL for all tests of the process; each test starts with empty tables.
public final class TestDatabase {

  private static final int CONNECTIONS = 8;
  private static final PostgresServer SERVER = start();

  private static final String EMPTY =
      """
      truncate event, waiting, leased, finished, attempt, responses, fan_out, node, tally,
        bulk_job, activity, access_key, series, change_feed, change_wish, pause,
        subscription, subscription_version, rate_bucket, schedule,
        ordered_subscription, blocked_lane;
      update subscription_set set version = 0;
      update schedule_set set version = 0;
      update activity_chain
        set last_number = 0, last_hash = '', forgotten_number = 0, forgotten_hash = '';
      alter sequence event_seq restart;
      insert into tally (slot) select generate_series(0, 63)
      """;

  private TestDatabase() {}

  private static PostgresServer start() {
    try {
      PostgresServer server = PostgresServer.start(Path.of(System.getProperty("java.io.tmpdir")));
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(server)));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void stop(PostgresServer server) {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String url() {
    return SERVER.url();
  }

  static PostgresSettings settings() {
    return PostgresSettings.of(SERVER.url(), CONNECTIONS, true);
  }

  /// Opens the storage with empty tables.
  public static PostgresAdapter empty(SettableClock clock) {
    PostgresAdapter adapter = open(clock);
    execute(EMPTY);
    return adapter;
  }

  /// Like [#empty], without notifications between nodes.
  static PostgresAdapter emptyWithoutNotify(SettableClock clock) {
    PostgresAdapter adapter =
        PostgresAdapter.open(
            PostgresSettings.of(SERVER.url(), CONNECTIONS, false),
            DatabaseClock.of(clock),
            StorageThreads.FACTORY);
    execute(EMPTY);
    return adapter;
  }

  /// Opens the storage as it is.
  public static PostgresAdapter open(SettableClock clock) {
    return PostgresAdapter.open(settings(), DatabaseClock.of(clock), StorageThreads.FACTORY);
  }

  /// Opens the storage in another database of the server.
  public static PostgresAdapter open(String database, SettableClock clock) {
    PostgresSettings other = PostgresSettings.of(otherUrl(database), CONNECTIONS, true);
    return PostgresAdapter.open(other, DatabaseClock.of(clock), StorageThreads.FACTORY);
  }

  /// Opens a connection of the superuser to another database of the server.
  public static Connection connect(String database) throws SQLException {
    return SERVER.connect(database);
  }

  private static String otherUrl(String database) {
    return SERVER.url().replaceFirst("[^/]*$", database);
  }

  /// Runs statements as the superuser.
  public static void execute(String sql) {
    try (Connection connection = SERVER.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /// Opens a connection of the superuser.
  static Connection connect() throws SQLException {
    return SERVER.connect();
  }

  /// Returns the number that a query selects.
  static long number(String query) throws SQLException {
    try (Connection connection = SERVER.connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
