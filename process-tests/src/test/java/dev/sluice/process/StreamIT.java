package dev.sluice.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Eventually;
import dev.sluice.contract.servers.PostgresServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Each node streams the changes of all nodes, and stream clients do not prevent a node from
/// stopping.
@Tag("sigterm")
@Timeout(300)
final class StreamIT {

  private static final int TERMINATED = 143;

  @TempDir private Path folder;

  private Program serve(String storage, String... settings) throws IOException {
    Map<String, String> environment = new HashMap<>();
    environment.put("STORAGE", storage);
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      environment.put(parts[0], parts[1]);
    }
    return Program.serve(folder, environment);
  }

  /// The lines of a stream, until it ends.
  private static final class Stream implements AutoCloseable {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean hasEnded = new AtomicBoolean();
    private final HttpClient http = HttpClient.newHttpClient();

    Stream(Program program, String query) {
      HttpRequest request =
          HttpRequest.newBuilder(program.address().resolve("/events/stream" + query)).build();
      var _ =
          http.sendAsync(request, BodyHandlers.ofLines())
              .thenAcceptAsync(answer -> answer.body().forEach(lines::add))
              .whenComplete((_, failure) -> hasEnded.set(failure == null));
      Eventually.holds("the stream says hello", () -> hasSaid("event: hello"));
    }

    boolean hasSaid(String... texts) {
      return lines.stream()
          .anyMatch(
              line -> {
                boolean hasAll = true;
                for (String text : texts) {
                  hasAll = hasAll && line.contains(text);
                }
                return hasAll;
              });
    }

    @Override
    public void close() {
      http.shutdownNow();
    }
  }

  @Test
  void whatOneNodeDoes_isSeenAtTheOther() throws Exception {
    try (PostgresServer database = PostgresServer.start(folder);
        Program one = serve("postgres", "DATABASE_URL=" + database.url());
        Program other = serve("postgres", "DATABASE_URL=" + database.url(), "WORKERS=1");
        var client = new Client(other);
        var stream = new Stream(one, "?type=far&status=received")) {
      // The other node must first learn that a client watches.
      var sent = new int[1];
      Eventually.holds(
          "an event that the other node took is seen",
          () -> {
            sent[0]++;
            post(client, "{\"event_id\":\"far-" + sent[0] + "\",\"type\":\"far\",\"payload\":1}");
            return stream.hasSaid("data:", "\"event_id\":\"far-", "\"status\":\"received\"");
          });

      String last = "far-" + (sent[0] + 1);
      post(client, "{\"event_id\":\"" + last + "\",\"type\":\"far\",\"payload\":1}");
      Eventually.holds("and so is a later one", () -> stream.hasSaid('"' + last + '"'));
      assertThat(stream.hasSaid("event: lagged")).isFalse();
    }
  }

  private static void post(Client client, String json) {
    try {
      assertThat(client.post(json).statusCode()).isEqualTo(202);
    } catch (IOException e) {
      throw new AssertionError("not sent", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Test
  void terminatedNode_endsItsStreamsAndDoesNotWaitForThem() throws Exception {
    try (Program program = serve("memory");
        var stream = new Stream(program, "")) {
      long begin = System.nanoTime();
      program.terminate();

      assertThat(program.exitCode()).isEqualTo(TERMINATED);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
      Eventually.holds("the answer has come to its end", stream.hasEnded::get);
    }
  }
}
