package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.contract.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BacklogTest {

  private static final int MAX = 10;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(Setup.USUAL.withMaxBacklog(MAX));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void block() {
    server.handler().block();
  }

  @AfterEach
  void workOff() {
    server.handler().release();
    Eventually.holds("the backlog is empty", () -> server.backlog() == 0);
  }

  @Test
  void racingClients_neverPassTheLimit() throws Exception {
    Callable<Answer> client = () -> server.post("{\"payload\":1}");
    int accepted = 0;
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var future : executor.invokeAll(IntStream.range(0, 32).mapToObj(_ -> client).toList())) {
        accepted += future.get().status() == 202 ? 1 : 0;
      }
    }

    // Two requests that race for the last places may both be refused.
    assertThat(accepted).isBetween(1, MAX);
    assertThat(server.backlog()).isEqualTo(accepted);
  }

  @Test
  void fullBacklog_refusesAtOnceAndTakesAgainAfterwards() {
    fill();
    long begin = System.nanoTime();

    Answer refused = server.post("{\"payload\":1}");

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
    refused.isProblem(503, "backlog_full");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
    server.handler().release();
    Eventually.holds("there is room", () -> server.post("{\"payload\":1}").status() == 202);
  }

  @Test
  void batch_isTakenAsFarAsThereIsRoom() {
    fill(MAX - 2);

    JsonNode answer = server.post("[" + "{\"payload\":1},".repeat(4) + "{}]").hasStatus(202).json();

    assertThat(answer.path("accepted").asInt()).isEqualTo(2);
    assertThat(answer.path("results").findValuesAsText("code"))
        .containsExactly("backlog_full", "backlog_full", "invalid_event");
  }

  @Test
  void batchWithoutRoom_isRefusedAsAWhole() {
    fill();

    for (Answer answer :
        List.of(
            server.post("[{\"payload\":1}]"),
            server.post("/events", "application/x-ndjson", "{\"payload\":1}\n".repeat(5_000)))) {
      answer.isProblem(503, "backlog_full");
      assertThat(answer.header("Retry-After")).isNotEmpty();
      assertThat(answer.json().path("rejected").asInt()).isPositive();
    }
  }

  private static void fill() {
    fill(MAX);
  }

  private static void fill(int count) {
    Eventually.holds(
        count + " accepted",
        () -> {
          server.post("{\"payload\":1}");
          return server.backlog() >= count;
        });
    // An event may be counted twice while it is stored, until the next correction.
    Eventually.holds(
        "the node has the same count",
        () -> server.application().load().backlogFullness() * MAX == server.backlog());
  }

  @Test
  void fullStorage_refuses() {
    try (var small = TestServer.start(Setup.USUAL.withMaxEvents(2))) {
      small.handler().block();
      small.post("[{\"payload\":1},{\"payload\":2}]").hasStatus(202);

      Answer refused = small.post("{\"payload\":3}").isProblem(503, "store_full");

      assertThat(refused.header("Retry-After")).isNotEmpty();
      small.handler().release();
      Eventually.holds("there is room", () -> small.post("{\"payload\":3}").status() == 202);
    }
  }
}
