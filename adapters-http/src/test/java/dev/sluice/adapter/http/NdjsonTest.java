package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NdjsonTest {

  private static final String NDJSON = "application/x-ndjson";
  private static final int MANY = 100_000;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Answer send(String lines) {
    return server.post("/events", NDJSON, lines);
  }

  @Test
  void lines_areAcceptedOneByOne() {
    JsonNode answer =
        send("{\"event_id\":\"l-0\",\"payload\":0}\n{\"event_id\":\"l-1\",\"payload\":1}\n")
            .hasStatus(202)
            .json();

    assertThat(answer.path("accepted").asInt()).isEqualTo(2);
    assertThat(answer.path("results").findValuesAsText("event_id")).containsExactly("l-0", "l-1");
    server.await("l-1", "completed");
  }

  @Test
  void blankLinesAndCarriageReturns_areSkipped() {
    JsonNode answer =
        send("\n\r\n  \t\n{\"payload\":1}\r\n\r\n{\"payload\":2}\n\n{\"payload\":3}").json();

    assertThat(answer.path("accepted").asInt()).isEqualTo(3);
    assertThat(answer.path("results").findValuesAsText("index")).containsExactly("0", "1", "2");
  }

  @Test
  void brokenLine_isRefusedAlone() {
    JsonNode answer =
        send("{\"payload\":1}\n{\"payload\":\n[]\n{\"payload\":2} x\n{}\n{\"payload\":3}")
            .hasStatus(202)
            .json();

    assertThat(answer.path("results").findValuesAsText("outcome"))
        .containsExactly("accepted", "rejected", "rejected", "rejected", "rejected", "accepted");
    assertThat(answer.path("rejected").asInt()).isEqualTo(4);
    assertThat(answer.at("/results/1/problem/errors/0/detail").asText()).contains("JSON");
  }

  @Test
  void unusableLine_isRefusedAlone() {
    JsonNode answer =
        send("{\"payload\":1}\n{\"payload\":1,\"occurred_at\":1e99999999999}\n"
                + "{\"payload\":1,\"payload\":2}\n{\"\\udfaa\":1,\"payload\":1}\n{\"payload\":2}")
            .hasStatus(202)
            .json();

    assertThat(answer.path("results").findValuesAsText("outcome"))
        .containsExactly("accepted", "rejected", "rejected", "rejected", "accepted");
  }

  @Test
  void overLongLine_isRefusedAlone() {
    String large = "{\"payload\":\"" + "x".repeat((1 << 20) + 1) + "\"}";

    JsonNode answer =
        send("{\"payload\":1}\n" + large + "\n{\"payload\":2}\n").hasStatus(202).json();

    assertThat(answer.path("results").findValuesAsText("outcome"))
        .containsExactly("accepted", "rejected", "accepted");
    assertThat(answer.at("/results/1/problem/errors/0/detail").asText()).contains("1048576");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/ndjson", "application/jsonl", "Application/X-NDJSON;charset=UTF-8"})
  void otherNames_meanTheSame(String contentType) {
    server.post("/events", contentType, "{\"payload\":1}\n").hasStatus(202);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", " \r\n\n"})
  void nothing_isRefused(String lines) {
    send(lines).isProblem(400, "invalid_batch");
  }

  @Test
  void nothingUsable_isRefusedWithResults() {
    Answer answer = send("{}\nx\n").isProblem(400, "invalid_batch");

    assertThat(answer.json().path("results")).hasSize(2);
  }

  @Test
  @Tag("slow")
  void manyLines_areStreamed() throws IOException {
    var lines =
        IntStream.range(0, MANY)
            .mapToObj(number -> "{\"event_id\":\"m-" + number + "\",\"payload\":" + number + "}\n")
            .collect(Collectors.joining());
    InputStream body = new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));
    long before = spooled();

    JsonNode answer =
        server
            .call(
                server
                    .request("/events")
                    .header("Content-Type", NDJSON)
                    .POST(BodyPublishers.ofInputStream(() -> body)))
            .hasStatus(202)
            .json();

    assertThat(answer.path("accepted").asInt()).isEqualTo(MANY);
    assertThat(answer.path("results")).hasSize(MANY);
    for (int index = 0; index < MANY; index++) {
      JsonNode result = answer.path("results").path(index);
      assertThat(result.path("index").asInt()).isEqualTo(index);
      assertThat(result.path("event_id").asText()).isEqualTo("m-" + index);
    }
    assertThat(spooled()).isEqualTo(before);
  }

  private static long spooled() throws IOException {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("sluice-batch-"))
          .count();
    }
  }
}
