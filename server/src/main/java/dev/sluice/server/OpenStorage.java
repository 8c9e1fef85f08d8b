package dev.sluice.server;

import dev.sluice.adapter.jdbc.PostgresAdapter;
import dev.sluice.adapter.jdbc.SqliteAdapter;
import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.domain.port.ActivityLog;
import dev.sluice.domain.port.ChangeFeed;
import dev.sluice.domain.port.KeyStore;
import dev.sluice.domain.port.NodeRegistry;
import dev.sluice.domain.port.PauseStore;
import dev.sluice.domain.port.SeriesStore;
import dev.sluice.domain.port.Storage;
import dev.sluice.server.config.ServerConfig;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;

/// The storage that the configuration names, ready for use.
///
/// @param ports what it offers
/// @param nodes the processes that share it
/// @param pauses what is not to be begun
/// @param changes carries changes between those processes
/// @param activity what operators did
/// @param keys the keys of those who call
/// @param series the history of figures
/// @param closing lets go of what it holds
record OpenStorage(
    Storage ports,
    NodeRegistry nodes,
    PauseStore pauses,
    ChangeFeed changes,
    ActivityLog activity,
    KeyStore keys,
    SeriesStore series,
    Runnable closing)
    implements AutoCloseable {

  private static final ThreadFactory THREADS =
      Thread.ofPlatform().daemon().name("storage-", 1).factory();

  /// Opens it.
  ///
  /// @throws dev.sluice.domain.port.PortException when it cannot be opened; the message says what
  ///   to do
  static OpenStorage open(ServerConfig config, InstantSource clock) {
    return switch (config.storage()) {
      case "memory" ->
          new OpenStorage(
              MemoryAdapter.storage(config.memory(), clock),
              MemoryAdapter.nodes(clock),
              MemoryAdapter.pauses(),
              MemoryAdapter.changes(clock),
              MemoryAdapter.activity(),
              MemoryAdapter.keys(),
              MemoryAdapter.series(),
              () -> {});
      case "sqlite" -> {
        var sqlite = SqliteAdapter.open(EmbeddedStorage.of(config), clock, THREADS);
        yield new OpenStorage(
            sqlite.storage(),
            MemoryAdapter.nodes(clock),
            sqlite.pauses(),
            MemoryAdapter.changes(clock),
            sqlite.activity(),
            sqlite.keys(),
            sqlite.series(),
            sqlite::close);
      }
      case "postgres" -> {
        var postgres = PostgresAdapter.open(config.postgres().orElseThrow(), clock, THREADS);
        yield new OpenStorage(
            postgres.storage(),
            postgres.nodes(),
            postgres.pauses(),
            postgres.changes(),
            postgres.activity(),
            postgres.keys(),
            postgres.series(),
            postgres::close);
      }
      default -> throw new IllegalArgumentException("no such storage: " + config.storage());
    };
  }

  @Override
  public void close() {
    closing.run();
  }
}
