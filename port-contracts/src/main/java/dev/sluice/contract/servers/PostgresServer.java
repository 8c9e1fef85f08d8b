package dev.sluice.contract.servers;

import dev.sluice.contract.Eventually;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A real PostgreSQL on a free port of loopback, for tests. It forces commits to disk.
public final class PostgresServer implements AutoCloseable {

  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  private final Path data;
  private final Map<String, String> settings;
  private EmbeddedPostgres server;

  private PostgresServer(Path data, Map<String, String> settings, EmbeddedPostgres server) {
    this.data = data;
    this.settings = settings;
    this.server = server;
  }

  /// Starts a server with a new, empty database.
  ///
  /// @param folder for its files
  public static PostgresServer start(Path folder) throws IOException {
    return start(folder, Map.of());
  }

  /// Starts a server with these settings, as in `postgresql.conf`.
  public static PostgresServer start(Path folder, Map<String, String> settings) throws IOException {
    return start(folder, settings, 0);
  }

  /// Starts a server on this port of loopback.
  public static PostgresServer startOn(Path folder, int port) throws IOException {
    return start(folder, Map.of(), port);
  }

  private static PostgresServer start(Path folder, Map<String, String> settings, int port)
      throws IOException {
    Path data = Files.createTempDirectory(folder, "postgres");
    return new PostgresServer(data, settings, run(data, settings, port));
  }

  private static EmbeddedPostgres run(Path data, Map<String, String> settings, int port)
      throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setPGStartupWait(LONGEST_START)
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on");
    settings.forEach(builder::setServerConfig);
    if (port > 0) {
      builder.setPort(port);
    }
    return builder.start();
  }

  /// Returns its URL in the form that programs take.
  public String url() {
    return "postgresql://postgres:secret@127.0.0.1:" + server.getPort() + "/postgres";
  }

  /// Returns a connection of the superuser.
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
  }

  /// Returns a connection of the superuser to another database than the usual one.
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(server.getJdbcUrl("postgres", database));
  }

  /// Stops it at once, as if its machine had failed: it waits for no client and writes nothing
  /// more.
  public void stopImmediately() throws IOException {
    postmaster().ifPresent(PostgresServer::quit);
    // Releases the folder; there is nothing left to stop.
    server.close();
  }

  /// Starts it again on the same port, with the same data.
  public void startAgain() throws IOException {
    server = run(data, settings, server.getPort());
  }

  /// Starts a replica. When this returns, each commit waits until the replica has it too.
  ///
  /// @param folder for its files
  /// @param port a free one of loopback
  public PostgresServer startReplica(Path folder, int port) throws IOException, SQLException {
    Path copy = Files.createTempDirectory(folder, "replica");
    try (Connection primary = connect()) {
      configure(primary, "set wal_keep_size = '1GB'");
      BaseBackup.copy(primary, data, copy, server.getPort());
      var replica = new PostgresServer(copy, settings, run(copy, settings, port));
      configure(primary, "set synchronous_standby_names = '*'");
      Eventually.holds("the replica has every commit", () -> isReplicated(primary));
      return replica;
    }
  }

  private static boolean isReplicated(Connection primary) {
    try (Statement statement = primary.createStatement();
        ResultSet replicas =
            statement.executeQuery("select 1 from pg_stat_replication where sync_state = 'sync'")) {
      return replicas.next();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Makes this replica a primary without a replica; commits wait for none.
  public void promote() throws SQLException {
    try (Connection own = connect();
        Statement statement = own.createStatement()) {
      statement.execute("select pg_promote()");
      configure(own, "reset synchronous_standby_names");
    }
  }

  private static void configure(Connection own, String change) throws SQLException {
    try (Statement statement = own.createStatement()) {
      statement.execute("alter system " + change);
      statement.execute("select pg_reload_conf()");
    }
  }

  private Optional<ProcessHandle> postmaster() {
    try {
      Path file = data.resolve("postmaster.pid");
      return Files.exists(file)
          ? ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// SIGQUIT requests an immediate shutdown.
  private static void quit(ProcessHandle postmaster) {
    try {
      new ProcessBuilder("kill", "-QUIT", String.valueOf(postmaster.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Eventually.holds("the database has stopped", () -> !postmaster.isAlive());
  }

  /// Stops it and deletes its files.
  @Override
  public void close() throws IOException {
    server.close();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
