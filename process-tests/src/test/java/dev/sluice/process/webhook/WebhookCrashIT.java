package dev.sluice.process.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Eventually;
import dev.sluice.process.Client;
import dev.sluice.process.DeliveredEvent;
import dev.sluice.process.History;
import dev.sluice.process.History.Fate;
import dev.sluice.process.Producers;
import dev.sluice.process.Program;
import dev.sluice.process.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The service is killed and restarted while it sends webhooks and producers send events.
/// `scripts/chaos.sh` runs it longer.
@Timeout(3_600)
final class WebhookCrashIT {

  private static final int KILLS = Integer.getInteger("chaos.kills", 5);
  private static final long SEED = Long.getLong("chaos.seed", 20_261_130L);
  private static final int PRODUCERS = 8;

  /// Long enough that a kill always cuts some requests.
  private static final Duration RESPONSE_TIME = Duration.ofMillis(10);

  /// Bounds of the time before each kill.
  private static final int LONGEST_MS = 800;

  private static final int SHORTEST_MS = 200;
  private static final Duration LONGEST_REST = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final History history = new History();
  private final Arrivals arrivals = new Arrivals();

  private Program serve(int port) throws IOException {
    return Program.serveOn(port, folder, Map.of());
  }

  @Test
  void killedDuringSends_everyAcknowledgedEventArrivesAndNothingIsSentAfterItsCompletion()
      throws Exception {
    Program program = serve(0);
    int port = program.address().getPort();
    try (var receiver = Receiver.recording(arrivals, RESPONSE_TIME);
        var client = new Client(program)) {
      hook(receiver).create(client);
      var producers = new Producers(program.address(), history, "sent");
      producers.relax();
      producers.start(PRODUCERS);
      var random = new SplittableRandom(SEED);
      for (int kill = 0; kill < KILLS; kill++) {
        awaitArrivals(arrivals.count() + PRODUCERS);
        // A crash happens at a random time; there is no condition to wait for.
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(SHORTEST_MS, LONGEST_MS)).toNanos());
        program.close();
        program = serve(port);
      }
      awaitArrivals(arrivals.count() + PRODUCERS);
      producers.finish();
      judge(client);
    } finally {
      program.close();
    }
  }

  private static Hook hook(Receiver receiver) {
    return new Hook("hook", receiver.port(), "\"retry\":{\"max_retries\":1000,\"base\":\"10ms\"}");
  }

  private void awaitArrivals(int number) {
    Eventually.holds(number + " requests have arrived", () -> arrivals.count() >= number);
  }

  private void judge(Client client) throws Exception {
    Instant asked = Instant.now();
    Waiting.until("all is delivered", LONGEST_REST, () -> client.hasNothingLeft(asked));
    var verdict = WebhookVerdict.of(history, arrivals.list(), DeliveredEvent.all(client));
    System.out.printf(
        "killed %d times during webhooks, seed %d: %d acknowledged; %s%n",
        KILLS, SEED, history.count(Fate.ACKNOWLEDGED), verdict);
    assertThat(history.count(Fate.UNKNOWN)).isZero();
    assertThat(verdict.isClean()).as("%s", verdict).isTrue();
    assertThat(verdict.events()).isGreaterThan((long) KILLS * PRODUCERS);
    assertThat(verdict.cut()).as("requests that a kill cut").isPositive();
  }
}
