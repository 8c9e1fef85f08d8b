package dev.sluice.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.contract.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged program, as its users see it.
final class ProgramIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  @Test
  void serve_saysOnOneLineWhereItIsAndHowToBegin() throws Exception {
    try (var program = Program.serve(folder, Map.of());
        var client = new Client(program)) {
      assertThat(client.get("/ready").statusCode()).isEqualTo(200);

      assertThat(program.out())
          .singleElement()
          .asString()
          .contains("storage sqlite", "durability fsynced", "curl ", program.address() + "/events");
      assertThat(program.err()).isNotEmpty().allSatisfy(ProgramIT::isLogRecord);
      assertThat(client.json("/health").path("version").asText()).matches("\\d+\\.\\d+\\.\\d+");
    }
  }

  @Test
  void production_isWarnedOfTheDemoHandlerAndItsPayloadsAreNotObeyed() throws Exception {
    try (var program = Program.serve(folder, Map.of("ENV", "prod"));
        var client = new Client(program)) {
      assertThat(program.err())
          .anyMatch(
              line -> line.contains("\"WARN\"") && line.contains("the demo handler is the only"));

      client.post("{\"event_id\":\"e-1\",\"payload\":{\"fail\":true}}");
      client.awaitStatus("e-1", "completed");
      assertThat(client.json("/meta").path("demo_handler_only").asBoolean()).isTrue();
    }
  }

  @Test
  void withoutATemporaryFolder_theStorageOpensAllTheSame() throws Exception {
    String nowhere = folder.resolve("nowhere").toString();
    Map<String, String> hardened = Map.of("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + nowhere);
    try (var program = Program.serve(folder, hardened);
        var client = new Client(program)) {
      assertThat(client.post("{\"payload\":1}").statusCode()).isEqualTo(202);
    }
  }

  @Test
  void secretOnTheCommandLine_isWarnedOf() throws Exception {
    String key = "slc_me_" + "0".repeat(32);
    try (var program =
        Program.start(folder, Map.of("PORT", "0"), "serve", "--admin-key", key, "--auth", "on")) {
      Eventually.holds(
          "it is warned of", () -> program.hasLogged("ADMIN_KEY is on the command line"));
      assertThat(program.err().toString()).doesNotContain(key);
    }
  }

  @Test
  void postedEvent_isCompleted() throws Exception {
    try (var program = Program.serve(folder, Map.of());
        var client = new Client(program)) {
      assertThat(client.post("{\"event_id\":\"e-1\",\"payload\":{\"n\":1}}").statusCode())
          .isEqualTo(202);

      client.awaitStatus("e-1", "completed");
    }
  }

  @Test
  void failingEvent_endsInTheDeadLetters() throws Exception {
    Map<String, String> quick = Map.of("MAX_RETRIES", "1", "RETRY_BASE_MS", "1");
    try (var program = Program.serve(folder, quick);
        var client = new Client(program)) {
      client.post("{\"event_id\":\"e-1\",\"payload\":{\"fail\":true}}");
      client.awaitStatus("e-1", "failed");

      JsonNode deadLetters = client.json("/dead-letters");
      assertThat(deadLetters).hasSize(1);
      assertThat(deadLetters.get(0).path("event_id").asText()).isEqualTo("e-1");
      assertThat(deadLetters.get(0).path("attempts").asInt()).isEqualTo(2);
    }
  }

  @Test
  void textFormatAndAccessLog_logEveryRequestForPeople() throws Exception {
    Map<String, String> texts = Map.of("LOG_FORMAT", "text", "ACCESS_LOG", "on");
    try (var program = Program.serve(folder, texts);
        var client = new Client(program)) {
      client.get("/health");

      awaitLog(program, "route=GET /health");
      assertThat(program.err())
          .allSatisfy(line -> assertThat(line).matches("20\\S+Z INFO  .+"))
          .anyMatch(line -> line.contains("request_id=") && line.contains("status=200"));
    }
  }

  @Test
  void quietByDefault_onlyFailuresAreLogged() throws Exception {
    try (var program = Program.serve(folder, Map.of());
        var client = new Client(program)) {
      client.get("/health");
      client.get("/nowhere");
      client.post("{");

      awaitLog(program, "\"status\":400");
      assertThat(program.err()).noneMatch(line -> line.contains("GET /health"));
      assertThat(program.err()).anyMatch(line -> line.contains("\"status\":404"));
    }
  }

  @Test
  void wrongConfiguration_isRefusedWithEveryErrorNamed() throws Exception {
    Files.writeString(folder.resolve("sluice.yaml"), "workers: 0\nlog_level: loud\n");
    Map<String, String> environment = Map.of("PORT", "99999", "RETENTION", "soon");
    try (var program = Program.start(folder, environment, "serve", "--max-backlog=-5")) {
      assertThat(program.exitCode()).isEqualTo(2);

      assertThat(program.out()).isEmpty();
      assertThat(program.err())
          .hasSize(5)
          .anyMatch(line -> line.startsWith("sluice: PORT ") && line.contains("(environment)"))
          .anyMatch(line -> line.startsWith("sluice: WORKERS ") && line.contains("sluice.yaml"))
          .anyMatch(line -> line.startsWith("sluice: LOG_LEVEL ") && line.contains("'loud'"))
          .anyMatch(line -> line.startsWith("sluice: RETENTION ") && line.contains("'soon'"))
          .anyMatch(line -> line.startsWith("sluice: MAX_BACKLOG ") && line.contains("line)"));
    }
  }

  @Test
  void webhooksToThisMachine_areAllowedForTrialsAndLogged() throws Exception {
    String allowed = "webhooks may be sent to programs on this machine";
    try (var program = Program.serve(folder, Map.of())) {
      awaitLog(program, allowed);
    }
    try (var program = Program.serve(folder, Map.of("ENV", "staging"))) {
      awaitLog(program, "the demo handler is the only destination");
      assertThat(program.err()).noneMatch(line -> line.contains(allowed));
    }
  }

  @Test
  void portInUse_isOneClearLine() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var program = Program.start(folder, Map.of("PORT", "" + taken.getLocalPort()), "serve")) {
      assertThat(program.exitCode()).isEqualTo(1);

      assertThat(program.out()).isEmpty();
      assertThat(program.err())
          .singleElement()
          .asString()
          .contains("cannot listen on 127.0.0.1:" + taken.getLocalPort(), "--port");
    }
  }

  @Test
  void unknownCommand_isOneClearLine() throws Exception {
    try (var program = Program.start(folder, Map.of(), "serf")) {
      assertThat(program.exitCode()).isEqualTo(2);

      assertThat(program.out()).isEmpty();
      assertThat(program.err()).singleElement().asString().contains("serf", "sluice help");
    }
  }

  @Test
  void version_isTheOneOfTheJar() throws Exception {
    try (var program = Program.start(folder, Map.of(), "version")) {
      assertThat(program.exitCode()).isZero();

      assertThat(program.out()).singleElement().asString().matches("sluice \\d+\\.\\d+\\.\\d+");
      assertThat(program.err()).isEmpty();
    }
  }

  @Test
  void warmUp_saysNothing() throws Exception {
    try (var program = Program.start(folder, Map.of("PORT", "x"), "warm-up")) {
      assertThat(program.exitCode()).isZero();

      assertThat(program.out()).isEmpty();
      assertThat(program.err()).isEmpty();
    }
  }

  @Test
  void listen_receivesUntilItIsStoppedAndThenSums() throws Exception {
    try (var program = Program.start(folder, Map.of(), "listen", "0", "--status", "204");
        var client = HttpClient.newHttpClient()) {
      Eventually.holds("it listens", () -> !program.out().isEmpty());
      String address = program.out().getFirst().replaceFirst("Listening on (\\S+) .*", "$1");
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address)).POST(BodyPublishers.ofString("{}")).build();

      assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(204);

      program.terminate();
      program.exitCode();
      assertThat(program.out())
          .anyMatch(line -> line.contains("POST / -> 204, signature not checked"))
          .anyMatch(line -> line.startsWith("requests: 1; accepted: 1"));
    }
  }

  private static void awaitLog(Program program, String text) {
    Eventually.holds("a line with " + text + " is logged", () -> program.hasLogged(text));
  }

  private static void isLogRecord(String line) {
    try {
      JsonNode record = JSON.readTree(line);
      assertThat(record.has("time") && record.has("level") && record.has("message"))
          .as(line)
          .isTrue();
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + line, e);
    }
  }
}
