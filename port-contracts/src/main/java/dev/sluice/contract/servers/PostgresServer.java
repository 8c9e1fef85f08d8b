package dev.sluice.contract.servers;

import dev.sluice.contract.Eventually;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A real PostgreSQL on a free port of loopback, for tests. It forces to disk what it commits.
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

  /// The same, with settings as they could be in `postgresql.conf`.
  public static PostgresServer start(Path folder, Map<String, String> settings) throws IOException {
    Path data = Files.createTempDirectory(folder, "postgres");
    return new PostgresServer(data, settings, run(data, settings, 0));
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

  /// Where it is, as programs are told.
  public String url() {
    return "postgresql://postgres:secret@127.0.0.1:" + server.getPort() + "/postgres";
  }

  /// A connection of its superuser.
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
  }

  /// The same, to another database than the usual one.
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(server.getJdbcUrl("postgres", database));
  }

  /// Ends it at once, as if its machine had failed: nobody is waited for, nothing is written.
  public void stopImmediately() throws IOException {
    postmaster().ifPresent(PostgresServer::quit);
    // Lets go of the folder; there is nothing left to stop.
    server.close();
  }

  /// Starts it again on the same port, with what was in it.
  public void startAgain() throws IOException {
    server = run(data, settings, server.getPort());
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

  /// SIGQUIT is what an immediate shutdown is asked for with.
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

  /// Ends it and removes its files.
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
