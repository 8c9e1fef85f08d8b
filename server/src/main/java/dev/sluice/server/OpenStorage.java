package dev.sluice.server;

import dev.sluice.adapter.broker.BrokerAdapter;
import dev.sluice.adapter.broker.BrokerSettings;
import dev.sluice.adapter.jdbc.postgres.PostgresAdapter;
import dev.sluice.adapter.jdbc.sqlite.SqliteAdapter;
import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.domain.figures.QueueReport;
import dev.sluice.domain.port.MessageIntake;
import dev.sluice.domain.port.StoragePorts;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.TimeSource;
import dev.sluice.server.config.ServerConfig;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The configured storage, open for use.
///
/// @param ports its ports
/// @param queues the lengths of a broker's queues
/// @param messages starts the intake of messages that other programs publish
/// @param closing closes the storage
record OpenStorage(
    StoragePorts ports,
    Supplier<Optional<QueueReport>> queues,
    Consumer<MessageIntake> messages,
    Runnable closing)
    implements AutoCloseable {

  private static final ThreadFactory THREADS =
      Thread.ofPlatform().daemon().name("storage-", 1).factory();

  /// Opens the configured storage.
  ///
  /// @throws dev.sluice.domain.port.PortException if it cannot be opened; the message says what to
  ///   do
  static OpenStorage open(ServerConfig config, TimeSource clock) {
    return switch (config.storage()) {
      case "memory" -> memory(config, clock);
      case "sqlite" -> sqlite(config, clock);
      case "postgres" -> postgres(config, clock);
      case "broker" -> broker(config, clock);
      default -> throw new IllegalArgumentException("no such storage: " + config.storage());
    };
  }

  private static OpenStorage memory(ServerConfig config, TimeSource clock) {
    return new OpenStorage(
        new StoragePorts(
            MemoryAdapter.storage(config.memory(), clock),
            MemoryAdapter.pauses(),
            MemoryAdapter.nodes(clock),
            MemoryAdapter.changes(clock),
            MemoryAdapter.activity(),
            MemoryAdapter.keys(),
            MemoryAdapter.series(),
            MemoryAdapter.subscriptions(),
            MemoryAdapter.rateTokens(clock),
            MemoryAdapter.schedules()),
        Optional::empty,
        OpenStorage::withoutMessages,
        () -> {});
  }

  private static OpenStorage sqlite(ServerConfig config, TimeSource clock) {
    var sqlite = SqliteAdapter.open(EmbeddedStorage.of(config), clock, THREADS);
    return new OpenStorage(
        new StoragePorts(
            sqlite.storage(),
            sqlite.pauses(),
            MemoryAdapter.nodes(clock),
            MemoryAdapter.changes(clock),
            sqlite.activity(),
            sqlite.keys(),
            sqlite.series(),
            sqlite.subscriptions(),
            MemoryAdapter.rateTokens(clock),
            sqlite.schedules()),
        Optional::empty,
        OpenStorage::withoutMessages,
        sqlite::close);
  }

  private static OpenStorage postgres(ServerConfig config, TimeSource clock) {
    var postgres = PostgresAdapter.open(config.postgres().orElseThrow(), clock, THREADS);
    return new OpenStorage(
        new StoragePorts(
            postgres.storage(),
            postgres.pauses(),
            postgres.nodes(),
            postgres.changes(),
            postgres.activity(),
            postgres.keys(),
            postgres.series(),
            postgres.subscriptions(),
            postgres.rateTokens(),
            postgres.schedules()),
        Optional::empty,
        OpenStorage::withoutMessages,
        postgres::close);
  }

  private static OpenStorage broker(ServerConfig config, TimeSource clock) {
    var broker = BrokerAdapter.open(brokerSettings(config), clock, THREADS);
    return new OpenStorage(
        new StoragePorts(
            broker.storage(),
            broker.pauses(),
            broker.nodes(),
            broker.changes(),
            broker.activity(),
            broker.keys(),
            broker.series(),
            broker.subscriptions(),
            broker.rateTokens(),
            broker.schedules()),
        broker::queues,
        broker::takeMessages,
        broker::close);
  }

  private static BrokerSettings brokerSettings(ServerConfig config) {
    return config
        .broker()
        .orElseThrow()
        .settings(
            config.processing().workers(), config.retention(), List.of(SubscriptionName.DEFAULT));
  }

  /// For storages that other programs cannot publish to.
  private static void withoutMessages(MessageIntake intake) {}

  @Override
  public void close() {
    closing.run();
  }
}
