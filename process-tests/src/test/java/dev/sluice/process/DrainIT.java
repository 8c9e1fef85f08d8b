package dev.sluice.process;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Eventually;
import dev.sluice.process.KeepAliveProducer.Answer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the packaged program stops after SIGTERM.
@Tag("sigterm")
final class DrainIT {

  private static final int PRODUCERS = 8;
  private static final int EVENTS_BEFORE_THE_END = 2_000;

  /// Exit code of a JVM after SIGTERM.
  private static final int TERMINATED = 143;

  private static final String NOTHING_LEFT = "nothing is left";

  private static final Pattern LAST_LINE =
      Pattern.compile(
          "stopped: \\d+ completed, 0 failed and 0 to be retried while stopping, (\\d+) handed"
              + " back, (\\d+) stuck; (.+);"
              + " accepted (\\d+), completed (\\d+), failed 0 since the start");

  @TempDir private Path folder;

  private final AtomicInteger acceptedSoFar = new AtomicInteger();

  private record Report(int handedBack, int stuck, String left, int accepted, int completed) {}

  @Test
  void underLoad_everyAcceptedEventIsProcessedAndNoAnswerIsCut() throws Exception {
    try (var program = Program.serve(folder, Map.of("STORAGE", "memory", "WORKERS", "4"));
        var threads = Executors.newFixedThreadPool(PRODUCERS)) {
      List<Future<Integer>> producers = new ArrayList<>();
      for (int count = 0; count < PRODUCERS; count++) {
        producers.add(threads.submit(() -> produceUntilHungUp(program)));
      }
      Eventually.holds("there is load", () -> acceptedSoFar.get() > EVENTS_BEFORE_THE_END);

      program.terminate();

      assertThat(program.exitCode()).isEqualTo(TERMINATED);
      int accepted = 0;
      for (Future<Integer> producer : producers) {
        accepted += producer.get();
      }
      // An event stored without a response would make the counts of the service larger.
      assertThat(report(program)).isEqualTo(new Report(0, 0, NOTHING_LEFT, accepted, accepted));
    }
  }

  /// Posts as fast as possible until the service closes the connection between two responses.
  ///
  /// @return the number of accepted events
  private int produceUntilHungUp(Program program) {
    int accepted = 0;
    try (var producer = new KeepAliveProducer(program.address())) {
      while (program.isAlive()) {
        Answer answer = producer.post("{\"payload\":{\"n\":1}}");
        if (answer.status() == 202) {
          accepted++;
          acceptedSoFar.incrementAndGet();
        } else {
          assertThat(answer.status()).isEqualTo(503);
          assertThat(answer.head()).contains("\r\nretry-after: ");
        }
      }
    } catch (IOException e) {
      // Closed or reset between two responses, as it should be.
    }
    return accepted;
  }

  @Test
  void whileDraining_theNodeIsNotReadyAndRefusesEvents() throws Exception {
    try (var program = Program.serve(folder, Map.of("PROCESSING_DELAY_MS", "2000"));
        var client = new Client(program)) {
      beginWork(client, "e-1");
      program.terminate();
      awaitStopping(program);

      HttpResponse<String> ready = client.get("/ready");
      HttpResponse<String> refused = client.post("{\"payload\":1}");

      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).contains("\"ready\":false", "draining");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After"))
          .hasValueSatisfying(DrainIT::isSeconds);
      assertThat(client.get("/health").statusCode()).isEqualTo(200);
      assertThat(program.exitCode()).isEqualTo(TERMINATED);
      assertThat(report(program)).isEqualTo(new Report(0, 0, NOTHING_LEFT, 1, 1));
    }
  }

  @Test
  void duringTheDrainDelay_theNodeIsNotReadyAndStillTakesEvents() throws Exception {
    Map<String, String> delayed = Map.of("STORAGE", "memory", "DRAIN_DELAY_MS", "3000");
    try (var program = Program.serve(folder, delayed);
        var client = new Client(program)) {
      assertThat(client.get("/ready").statusCode()).isEqualTo(200);
      program.terminate();
      awaitStopping(program);

      // A new connection, like that of a load balancer.
      try (var late = new Client(program)) {
        Eventually.holds("not ready", () -> statusOf(late, "/ready") == 503);
        assertThat(late.get("/ready").body()).contains("draining");
        assertThat(late.post("{\"payload\":1}").statusCode()).isEqualTo(202);
      }
      assertThat(program.exitCode()).isEqualTo(TERMINATED);
      assertThat(report(program)).isEqualTo(new Report(0, 0, NOTHING_LEFT, 1, 1));
    }
  }

  private static int statusOf(Client client, String path) {
    try {
      return client.get(path).statusCode();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void hangup_endsNothing() throws Exception {
    try (var program = Program.serve(folder, Map.of())) {
      program.hangUp();
      program.terminate();

      // If SIGHUP had ended it, the exit code would be 129.
      assertThat(program.exitCode()).isEqualTo(TERMINATED);
    }
  }

  private static void isSeconds(String text) {
    assertThat(text).matches("[1-9]\\d*");
  }

  @Test
  void attemptsThatOutlastTheGrace_areHandedBack() throws Exception {
    Map<String, String> slow =
        Map.of("STORAGE", "memory", "PROCESSING_DELAY_MS", "600000", "SHUTDOWN_GRACE_MS", "300");
    try (var program = Program.serve(folder, slow);
        var client = new Client(program)) {
      beginWork(client, "e-1", "e-2", "e-3");
      long begin = System.nanoTime();

      program.terminate();

      assertThat(program.exitCode()).isEqualTo(TERMINATED);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
      assertThat(report(program))
          .isEqualTo(new Report(3, 0, "3 unfinished deliveries are lost with the memory", 3, 0));
    }
  }

  @Test
  void backlogInMemory_isWorkedOffFirst() throws Exception {
    Map<String, String> narrow =
        Map.of("STORAGE", "memory", "PROCESSING_DELAY_MS", "20", "WORKERS", "2");
    try (var program = Program.serve(folder, narrow);
        var client = new Client(program)) {
      String list = IntStream.range(0, 100).mapToObj(_ -> "{\"payload\":1}").collect(joining(","));
      assertThat(client.post("[" + list + "]").statusCode()).isEqualTo(202);

      program.terminate();

      assertThat(program.exitCode()).isEqualTo(TERMINATED);
      assertThat(report(program)).isEqualTo(new Report(0, 0, NOTHING_LEFT, 100, 100));
    }
  }

  @Test
  void idle_endsAtOnce() throws Exception {
    try (var program = Program.serve(folder, Map.of())) {
      long begin = System.nanoTime();

      program.terminate();

      assertThat(program.exitCode()).isEqualTo(TERMINATED);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
      assertThat(report(program)).isEqualTo(new Report(0, 0, NOTHING_LEFT, 0, 0));
      assertThat(program.out()).hasSize(1);
    }
  }

  @Test
  void requestUnderWay_isAnsweredWhileDraining() throws Exception {
    String event = "{\"payload\":1}";
    try (var program = Program.serve(folder, Map.of("PROCESSING_DELAY_MS", "2000"));
        var client = new Client(program);
        var producer = new KeepAliveProducer(program.address())) {
      beginWork(client, "e-1");
      producer.write(KeepAliveProducer.head(event.length()) + event.substring(0, 5));
      program.terminate();
      awaitStopping(program);

      producer.write(event.substring(5));

      assertThat(producer.read().status()).isEqualTo(503);
      assertThat(program.exitCode()).isEqualTo(TERMINATED);
    }
  }

  @Test
  void requestUnderWay_isAnsweredAfterTheLastAttempt() throws Exception {
    String event = "{\"payload\":1}";
    try (var program = Program.serve(folder, Map.of());
        var client = new Client(program);
        var producer = new KeepAliveProducer(program.address())) {
      client.get("/ready");
      producer.write(KeepAliveProducer.head(event.length()) + event.substring(0, 5));
      // The response to a later request shows that the half request has been read.
      client.get("/ready");
      program.terminate();
      awaitStopping(program);

      producer.write(event.substring(5));

      assertThat(producer.read().status()).isEqualTo(503);
      assertThat(program.exitCode()).isEqualTo(TERMINATED);
    }
  }

  /// Posts events and waits until their attempts are running.
  private static void beginWork(Client client, String... eventIds) throws Exception {
    for (String id : eventIds) {
      client.post("{\"event_id\":\"" + id + "\",\"payload\":1}");
      client.awaitStatus(id, "processing");
    }
  }

  private static void awaitStopping(Program program) {
    Eventually.holds("it has begun to stop", () -> program.hasLogged("stopping: "));
  }

  /// Parses the last line of the log.
  private static Report report(Program program) {
    Matcher last = LAST_LINE.matcher(program.err().getLast());
    assertThat(last.find()).as(program.err().toString()).isTrue();
    return new Report(
        Integer.parseInt(last.group(1)),
        Integer.parseInt(last.group(2)),
        last.group(3),
        Integer.parseInt(last.group(4)),
        Integer.parseInt(last.group(5)));
  }
}
