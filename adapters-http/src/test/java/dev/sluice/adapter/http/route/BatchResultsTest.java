package dev.sluice.adapter.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.adapter.http.Answer;
import dev.sluice.adapter.http.LogCapture;
import dev.sluice.adapter.http.Setup;
import dev.sluice.adapter.http.TestServer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Limits of the response to a batch, and how it reports omissions.
final class BatchResultsTest {

  private static final String NDJSON = "application/x-ndjson";

  private static String good(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> "{\"event_id\":\"g-" + number + "\",\"payload\":1}\n")
        .collect(Collectors.joining());
  }

  @Test
  void manyRejectedLines_areCountedAndSomeExplained() {
    try (TestServer server = TestServer.start()) {
      Answer answer =
          server.post("/events", NDJSON, good(1) + "1\n".repeat(2_000) + good(2)).hasStatus(202);

      JsonNode json = answer.json();
      assertThat(json.path("rejected").asInt()).isEqualTo(2_000);
      assertThat(json.path("refused").asInt()).isZero();
      assertThat(json.path("complete").asBoolean()).isTrue();
      assertThat(json.path("results_omitted").asInt()).isEqualTo(1_000);
      assertThat(json.path("results")).hasSize(1_003);
      assertThat(json.path("results").path(1_002).path("index").asInt()).isEqualTo(2_002);
      assertThat(json.path("detail").asText()).contains("1000");
    }
  }

  @Test
  void streamOfNothingUsable_isNotLookedAtForLong() {
    try (TestServer server = TestServer.start()) {
      Answer answer = server.post("/events", NDJSON, good(1) + "1\n".repeat(30_000));

      JsonNode json = answer.hasStatus(202).json();
      assertThat(json.path("rejected").asInt()).isBetween(10_000, 10_255);
      assertThat(json.path("complete").asBoolean()).isFalse();
      assertThat(json.path("detail").asText()).contains("in a row");
      assertThat(answer.body().length()).isLessThan(600_000);
      assertThat(answer.header("Retry-After")).isEmpty();
    }
  }

  /// By then the events are stored: without a response the producer would resend them forever.
  @Test
  void folderThatCannotBeWritten_costsTheResultsAlone() {
    String before = System.getProperty("java.io.tmpdir");
    TestServer started;
    System.setProperty("java.io.tmpdir", "/proc/nothing/here");
    try (LogCapture log = LogCapture.start()) {
      started = TestServer.start();
      assertThat(log.messages("java.io.tmpdir")).hasSize(1);
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
    try (TestServer server = started;
        LogCapture log = LogCapture.start()) {
      JsonNode json = server.post("/events", NDJSON, good(5_000)).hasStatus(202).json();

      assertThat(json.path("accepted").asInt()).isEqualTo(5_000);
      assertThat(json.path("complete").asBoolean()).isTrue();
      assertThat(json.path("results")).isEmpty();
      assertThat(json.path("results_omitted").asInt()).isEqualTo(5_000);
      assertThat(json.path("detail").asText()).contains("could not be kept");
      assertThat(log.messages("cannot write the results")).hasSize(1);
    }
  }

  @Test
  void refusedEvents_areCountedAndToBeSentAgain() {
    try (TestServer server = TestServer.start(Setup.USUAL.withMaxBacklog(300))) {
      server.handler().block();

      Answer answer = server.post("/events", "application/json", array(1_000)).hasStatus(202);

      JsonNode json = answer.json();
      assertThat(json.path("accepted").asInt()).isBetween(1, 300);
      assertThat(json.path("refused").asInt()).isEqualTo(1_000 - json.path("accepted").asInt());
      assertThat(json.path("rejected").asInt()).isEqualTo(json.path("refused").asInt());
      assertThat(json.path("complete").asBoolean()).isFalse();
      assertThat(json.path("results")).hasSize(1_000);
      assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
    }
  }

  private static String array(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> "{\"event_id\":\"a-" + number + "\",\"payload\":1}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  /// Each group is appended separately, so that no request keeps others waiting.
  @Test
  void longArray_isTakenInGroups() {
    try (TestServer server = TestServer.start()) {
      JsonNode json =
          server.post("/events", "application/json", array(4_000)).hasStatus(202).json();

      assertThat(json.path("accepted").asInt()).isEqualTo(4_000);
      assertThat(json.path("results").path(3_999).path("event_id").asText()).isEqualTo("a-3999");
      assertThat(new IntakeGroups(() -> 0).endOf(java.util.List.of(), 0)).isZero();
    }
  }
}
