package dev.sluice.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.servers.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Nodes are killed and restarted while producers send and the set of subscriptions changes: each
/// event has exactly the deliveries that the version which routed it says, and each delivery ends
/// once. `scripts/chaos.sh` runs it longer.
@Timeout(3_600)
final class SubscriptionChangesIT {

  private static final int EVENTS = Integer.getInteger("chaos.routed", 1_200);
  private static final int CHANGES = Integer.getInteger("chaos.changes", 200);
  private static final int KILLS = Integer.getInteger("chaos.kills", 3);
  private static final long SEED = Long.getLong("chaos.seed", 20_261_129L);
  private static final int PRODUCERS = 4;

  @TempDir private Path folder;
  private final List<Program> nodes = new ArrayList<>();

  @AfterEach
  void stop() {
    nodes.forEach(Program::close);
  }

  private Path journal() {
    return folder.resolve("journal.txt");
  }

  private Program serve(int port, Map<String, String> storage) throws IOException {
    Map<String, String> environment = new HashMap<>(storage);
    environment.put("DEMO", "on");
    environment.put("DEMO_JOURNAL", journal().toString());
    environment.put("LEASE_MS", "2000");
    environment.put("MAX_RETRIES", "2");
    environment.put("RETRY_BASE_MS", "0");
    environment.put("WORKERS", "16");
    return Program.serveOn(port, folder, environment);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void oneNodeKilledOnSqlite_deliversWhatEachVersionSays() throws Exception {
    run(1, Map.of());
  }

  @Test
  void twoNodesKilledOnPostgres_deliverWhatEachVersionSays() throws Exception {
    try (PostgresServer database = PostgresServer.start(folder)) {
      run(2, Map.of("STORAGE", "postgres", "DATABASE_URL", database.url()));
      stop();
    }
  }

  private void run(int number, Map<String, String> storage) throws Exception {
    for (int node = 0; node < number; node++) {
      nodes.add(serve(freePort(), storage));
    }
    List<URI> addresses = nodes.stream().map(Program::address).toList();
    long begin = System.nanoTime();
    try (var load = new RoutedLoad(addresses, EVENTS, CHANGES, SEED);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      load.start(PRODUCERS / number);
      Future<Void> admin = threads.submit(load::run);
      for (int kill = 0; kill < KILLS; kill++) {
        load.awaitAcknowledged((kill + 1.0) / (KILLS + 1));
        int victim = kill % number;
        nodes.get(victim).close();
        nodes.set(victim, serve(addresses.get(victim).getPort(), storage));
      }
      admin.get();
      try (var client = new Client(nodes.getFirst())) {
        String what =
            "nodes (%d) killed %d times while subscriptions changed, seed %d, %d ms"
                .formatted(number, KILLS, SEED, (System.nanoTime() - begin) / 1_000_000);
        RoutingVerdict verdict = load.judge(client, journal(), what);
        assertThat(verdict.deliveries()).isGreaterThan(verdict.events());
      }
    }
  }
}
