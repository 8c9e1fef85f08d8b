package dev.sluice.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.contract.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that fills up, and has room again. The test must mount a file system in memory; without
/// permission, `./sluice check` leaves it out and says so.
@Tag("mount")
final class DiskFullIT {

  private static final int DISK_BYTES = 12 << 20;
  private static final int FILLER_BYTES = 5 << 20;
  private static final int MOST_EVENTS = 1_000;
  private static final int AGAIN = 20;
  private static final String RETENTION = "40s";

  /// Retention runs every ten seconds.
  private static final Duration HEALED_WITHIN = Duration.ofSeconds(90);

  private static final String PAYLOAD = "x".repeat(50_000);

  @TempDir private Path folder;
  private boolean isMounted;

  private Path disk() {
    return folder.resolve("disk");
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  @BeforeEach
  void mount() throws Exception {
    Files.createDirectory(disk());
    try {
      isMounted =
          run("mount", "-t", "tmpfs", "-o", "size=" + DISK_BYTES, "tmpfs", disk().toString());
    } catch (IOException e) {
      isMounted = false;
    }
    assumeTrue(isMounted, "cannot mount a small disk here: this needs Linux and root");
  }

  @AfterEach
  void unmount() throws Exception {
    if (isMounted) {
      assertThat(run("umount", disk().toString())).isTrue();
    }
  }

  private static HttpResponse<String> post(Client client, int number) {
    try {
      return client.post("{\"event_id\":\"e-" + number + "\",\"payload\":\"" + PAYLOAD + "\"}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /// Posts until the disk is full.
  ///
  /// @param first the number of the first event
  /// @return the number of accepted events
  private static int fill(Client client, int first) {
    int accepted = 0;
    HttpResponse<String> answer = post(client, first);
    while (answer.statusCode() == 202) {
      accepted++;
      assertThat(accepted).isLessThan(MOST_EVENTS);
      answer = post(client, first + accepted);
    }
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.body()).contains("store_full");
    return accepted;
  }

  private Map<String, String> onDisk(String retention) {
    return Map.of("DATA_DIR", disk().resolve("data").toString(), "RETENTION", retention);
  }

  @Test
  void fullDisk_refusesUntilThereIsRoomAgain() throws Exception {
    Path filler = disk().resolve("filler");
    Files.write(filler, new byte[FILLER_BYTES]);
    try (var program = Program.serve(folder, onDisk("7d"));
        var client = new Client(program)) {
      int accepted = fill(client, 1);
      assertThat(client.get("/events/e-1").statusCode()).as("reads go on").isEqualTo(200);
      assertThat(accepted).isPositive();

      Files.delete(filler);
      int next = accepted + 1;
      Eventually.holds("there is room", () -> post(client, next).statusCode() == 202);
      for (int number = 1; number <= next; number++) {
        client.awaitStatus("e-" + number, "completed");
      }
    }
  }

  /// Only retention makes room: while the service runs, and again after a restart on a full disk.
  @Test
  void fullDisk_healsByRetention() throws Exception {
    int stored;
    try (var program = Program.serve(folder, onDisk(RETENTION));
        var client = new Client(program)) {
      stored = fill(client, 1);
      assertThat(stored).isPositive();
      assertThat(client.get("/ready").statusCode()).isEqualTo(503);
      assertThat(client.get("/ready").body()).contains("storage is full");
      assertThat(client.get("/events/e-1").statusCode()).as("reads go on").isEqualTo(200);

      awaitRoom(client, stored + 1);
      stored += AGAIN;
      assertThat(client.get("/ready").statusCode()).isEqualTo(200);
      stored += fill(client, stored + 1);
    }

    try (var program = Program.serve(folder, onDisk(RETENTION));
        var client = new Client(program)) {
      awaitRoom(client, stored + 1);
      assertThat(client.get("/ready").statusCode()).isEqualTo(200);
    }
  }

  /// Waits until several more events are accepted. Events expire one after the other, so there may
  /// be room for one event but not for the next.
  private static void awaitRoom(Client client, int first) {
    var accepted = new AtomicInteger();
    Waiting.until(
        "there is room",
        HEALED_WITHIN,
        () -> {
          while (accepted.get() < AGAIN
              && post(client, first + accepted.get()).statusCode() == 202) {
            accepted.incrementAndGet();
          }
          return accepted.get() == AGAIN;
        });
  }
}
