package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.activity.Activity;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.servers.PostgresServer;
import dev.sluice.domain.destination.DestinationPreparation;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.server.config.ConfigSources;
import dev.sluice.server.config.ServerConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several nodes on PostgreSQL start at once, each with the same file; and commands beside them.
@Tag("slow")
final class PostgresStartSubscriptionsTest {

  private static final int NODES = 2;
  private static final int ROUNDS = 10;

  @TempDir private Path folder;
  private final SettableClock clock = new SettableClock();
  private final List<OpenStorage> nodes = new ArrayList<>();
  private PostgresServer database;

  @BeforeEach
  void start() throws IOException {
    database = PostgresServer.start(folder);
    ServerConfig config = config(0);
    for (int node = 0; node < NODES; node++) {
      nodes.add(OpenStorage.open(config, clock));
    }
  }

  @AfterEach
  void stop() throws IOException {
    nodes.forEach(OpenStorage::close);
    database.close();
  }

  private ServerConfig config(int round) throws IOException {
    Path file = folder.resolve("sluice.yaml");
    Files.writeString(
        file,
        """
        storage: postgres
        database_url: %s
        subscriptions:
          - {name: mail, description: round %d, types: ['*'], destination: {kind: log}}
          - {name: only-%d, types: ['*'], destination: {kind: log}}
        """
            .formatted(database.url(), round, round));
    return ServerConfig.of(ConfigSources.gather(Map.of(), Map.of(), Optional.of(file)));
  }

  @Test
  void nodesThatStartAtOnce_storeTheFileOnce() throws Exception {
    SubscriptionStore store = nodes.getFirst().ports().subscriptions();
    try (ExecutorService threads = Executors.newFixedThreadPool(NODES)) {
      for (int round = 1; round <= ROUNDS; round++) {
        startAll(threads, config(round));

        assertThat(store.version()).isEqualTo(round);
      }
    }
    assertThat(store.all().subscriptions())
        .filteredOn(one -> one.lifecycle() == Lifecycle.ACTIVE)
        .extracting(one -> one.name().value())
        .containsExactly("mail", "only-" + ROUNDS);
  }

  private void startAll(ExecutorService threads, ServerConfig config) throws Exception {
    var together = new CyclicBarrier(NODES);
    List<Future<?>> starts = new ArrayList<>();
    for (OpenStorage node : nodes) {
      starts.add(
          threads.submit(
              () -> {
                var activity = new Activity(node.ports().activity(), Duration.ofDays(1), clock);
                StartSubscriptions declared = StartSubscriptions.of(config, clock);
                together.await();
                declared.apply(node.ports(), DestinationPreparation.none(), activity);
                return null;
              }));
    }
    for (Future<?> start : starts) {
      start.get();
    }
  }

  @Test
  void applyBesideNodes_isSeenByAll() throws IOException {
    config(7);
    String file = folder.resolve("sluice.yaml").toString();
    var err = new StringWriter();

    int code =
        Main.run(
            new String[] {"subscriptions", "apply", "--config=" + file},
            new PrintWriter(new StringWriter()),
            new PrintWriter(err, true));

    assertThat(code).as(err.toString()).isEqualTo(Main.OK);
    for (OpenStorage node : nodes) {
      assertThat(node.ports().subscriptions().all().subscriptions())
          .extracting(Subscription::version)
          .containsExactly(1L, 1L);
    }
  }
}
