package dev.sluice.benchmark;

import dev.sluice.contract.servers.PostgresServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// A PostgreSQL on a free port that counts its statements, until it is killed.
public final class DatabaseServer {

  private DatabaseServer() {}

  /// Argument: a folder for its files. Prints its URL when it is ready.
  public static void main(String[] arguments) throws Exception {
    PostgresServer server =
        PostgresServer.start(
            Path.of(arguments[0]), Map.of("shared_preload_libraries", "pg_stat_statements"));
    try (var connection = server.connect();
        var statement = connection.createStatement()) {
      statement.execute("create extension pg_stat_statements");
    }
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(server)));
    System.out.println(server.url());
    new CountDownLatch(1).await();
  }

  private static void stop(PostgresServer server) {
    try {
      server.close();
    } catch (java.io.IOException e) {
      System.err.println("could not stop the database: " + e.getMessage());
    }
  }
}
