package dev.sluice.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.contract.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Subscriptions that a file declares, with the packaged program on SQLite.
final class SubscriptionsFileIT {

  private static final String MAIL =
      "  - {name: mail, types: [order.*], destination: {kind: demo}}\n";
  private static final String AUDIT =
      "  - {name: audit, types: ['*'], destination: {kind: demo}}\n";

  @TempDir private Path folder;

  private void declare(String subscriptions) throws IOException {
    Files.writeString(folder.resolve("declared.yaml"), "subscriptions:\n" + subscriptions);
  }

  private List<String> run(String... arguments) throws IOException, InterruptedException {
    try (var program = Program.start(folder, Map.of(), arguments)) {
      assertThat(program.exitCode()).as(program.err().toString()).isZero();
      return program.out();
    }
  }

  private static List<String> names(Client client) {
    try {
      return StreamSupport.stream(client.json("/subscriptions").spliterator(), false)
          .filter(one -> one.path("state").asText().equals("active"))
          .map(one -> one.path("name").asText())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Test
  void appliedFile_isInForceInTheRunningService() throws Exception {
    try (var program = Program.serve(folder, Map.of());
        var client = new Client(program)) {
      assertThat(names(client)).containsExactly("default");
      declare(MAIL + AUDIT);
      run("subscriptions", "apply", "-f", "declared.yaml");
      Eventually.holds("both are known", () -> names(client).equals(List.of("audit", "mail")));

      JsonNode event =
          Client.read(client.post("{\"event_id\":\"e-1\",\"type\":\"order.paid\",\"payload\":1}"));
      client.awaitStatus(event.path("event_id").asText("e-1"), "completed");
      assertThat(client.json("/events/e-1").findValuesAsText("subscription"))
          .contains("audit", "mail");

      declare(MAIL);
      run("subscriptions", "apply", "-f", "declared.yaml");
      Eventually.holds("one is gone", () -> names(client).equals(List.of("mail")));
    }
  }

  @Test
  void fileOfTheConfiguration_isAppliedAtEachStart() throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("SUBSCRIPTIONS_FILE", "declared.yaml");
    declare(MAIL);
    try (var program = Program.serve(folder, environment);
        var client = new Client(program)) {
      assertThat(names(client)).containsExactly("mail");
    }
    declare(MAIL + AUDIT);
    try (var program = Program.serve(folder, environment);
        var client = new Client(program)) {
      assertThat(names(client)).containsExactly("audit", "mail");
      assertThat(run("subscriptions", "list")).hasSize(3);
    }
    declare("  - {name: WRONG}\n");
    environment.put("PORT", "0");
    try (var program = Program.start(folder, environment, "serve")) {
      assertThat(program.exitCode()).isEqualTo(2);
      assertThat(program.err())
          .hasSize(3)
          .allMatch(line -> line.startsWith("sluice: declared.yaml:2: /subscriptions/0/"));
    }
  }
}
