package dev.sluice.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.contract.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that fills up, and has room again. It needs leave to mount a file system in memory; where
/// there is none, `./sluice check` leaves it out and says so.
@Tag("mount")
final class DiskFullIT {

  private static final int DISK_BYTES = 12 << 20;
  private static final int FILLER_BYTES = 5 << 20;
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
    assumeTrue(isMounted, "cannot mount a small disk here: that takes Linux and root");
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

  @Test
  void fullDisk_refusesUntilThereIsRoomAgain() throws Exception {
    Path filler = disk().resolve("filler");
    Files.write(filler, new byte[FILLER_BYTES]);
    Map<String, String> onDisk = Map.of("DATA_DIR", disk().resolve("data").toString());
    try (var program = Program.serve(folder, onDisk);
        var client = new Client(program)) {
      int accepted = 0;
      HttpResponse<String> answer = post(client, 1);
      while (answer.statusCode() == 202) {
        accepted++;
        answer = post(client, accepted + 1);
      }

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
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
}
