package dev.sluice.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Eventually;
import dev.sluice.process.History.Fate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The service is killed and restarted while producers send. `scripts/chaos.sh` runs it longer.
@Timeout(3_600)
final class CrashIT {

  private static final int PRODUCERS = 32;
  private static final int ROUNDS = Integer.getInteger("chaos.rounds", 3);
  private static final long SEED = Long.getLong("chaos.seed", 20_261_121L);

  /// Bounds of the time before the kill in each round.
  private static final int LONGEST_MS = 1_200;

  private static final int SHORTEST_MS = 300;

  @TempDir private Path folder;
  private final History history = new History();

  private Path journal() {
    return folder.resolve("journal.txt");
  }

  private Program serve(int port) throws IOException {
    return Program.serveOn(
        port,
        folder,
        Map.of("DEMO_JOURNAL", journal().toString(), "PROCESSING_DELAY_MS", "1", "WORKERS", "32"));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void killedUnderLoad_nothingAcknowledgedIsLostAndNothingRunsAfterItsEnd() throws Exception {
    var random = new SplittableRandom(SEED);
    int port = freePort();
    Program program = serve(port);
    long slowest = 0;
    try {
      var producers = new Producers(program.address(), history, "kill").start(PRODUCERS);
      for (int round = 0; round < ROUNDS; round++) {
        Duration life = Duration.ofMillis(random.nextInt(SHORTEST_MS, LONGEST_MS));
        awaitAcknowledged(history.count(Fate.ACKNOWLEDGED) + 1);
        // A crash happens at a random time; there is no condition to wait for.
        LockSupport.parkNanos(life.toNanos());
        program.close();
        long begin = System.nanoTime();
        program = serve(port);
        slowest = Math.max(slowest, System.nanoTime() - begin);
      }
      awaitAcknowledged(history.count(Fate.ACKNOWLEDGED) + PRODUCERS);
      producers.finish();
      judge(
          program,
          "killed %d times, seed %d, back after %d ms at most"
              .formatted(ROUNDS, SEED, Duration.ofNanos(slowest).toMillis()));
    } finally {
      program.close();
    }
  }

  @Test
  @Tag("sigterm")
  void terminatedUnderLoad_nothingIsLost() throws Exception {
    int port = freePort();
    Program program = serve(port);
    try {
      var producers = new Producers(program.address(), history, "term").start(PRODUCERS);
      awaitAcknowledged(1_000);
      program.terminate();
      assertThat(program.exitCode()).isEqualTo(143);
      producers.relax();
      program = serve(port);
      awaitAcknowledged(history.count(Fate.ACKNOWLEDGED) + PRODUCERS);
      producers.finish();
      judge(program, "terminated once");
    } finally {
      program.close();
    }
  }

  private void awaitAcknowledged(long number) {
    Eventually.holds(
        number + " events are acknowledged", () -> history.count(Fate.ACKNOWLEDGED) >= number);
  }

  private void judge(Program program, String what) throws Exception {
    try (var client = new Client(program)) {
      Instant asked = Instant.now();
      Eventually.holds("all is processed", () -> client.hasNothingLeft(asked));
      Verdict verdict = Verdict.of(history, journal(), client);
      System.out.println(
          what + ": " + history.count(Fate.ACKNOWLEDGED) + " acknowledged; " + verdict);
      assertThat(history.count(Fate.UNKNOWN)).isZero();
      assertThat(verdict).satisfies(all -> assertThat(all.isClean()).as("%s", all).isTrue());
      assertThat(verdict.events()).isGreaterThanOrEqualTo(PRODUCERS);
    }
  }
}
