package dev.sluice.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.contract.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Writes the data of an upgrade with the earlier version. Each part needs other settings, so the
/// service is killed and started in between.
final class EarlierService {

  static final String PAUSE = "{\"reason\":\"upgrade\"}";

  private static final Duration LONGEST_PART = Duration.ofMinutes(20);
  private static final int STUCK = 8;

  /// Longer than it takes until processing is paused, and as long as the new version has to wait.
  private static final Map<String, String> RETRYING_LATER =
      Map.of("RETRY_BASE_MS", "60000", "RETRY_CAP_MS", "60000", "MAX_RETRIES", "20");

  private final Path checkout;
  private final Path folder;
  private final Map<String, String> environment;
  private final UpgradeEvents events;

  EarlierService(
      Path checkout, Path folder, Map<String, String> environment, UpgradeEvents events) {
    this.checkout = checkout;
    this.folder = folder;
    this.environment = environment;
    this.events = events;
  }

  /// The plan of a bulk job that is not started yet, and what the service said before it was
  /// killed.
  record Written(EarlierState state, String plan) {}

  /// Writes all events; kills the service while deliveries are in work and the backlog waits.
  Written write() throws Exception {
    try (Program program = serve(Map.of("RETRY_BASE_MS", "0"));
        var client = new Client(program)) {
      operate(client);
      events.sendFinished(client);
      Instant sent = Instant.now();
      Waiting.until("all are finished", LONGEST_PART, () -> client.hasNothingLeft(sent));
    }
    try (Program program = serve(RETRYING_LATER);
        var client = new Client(program)) {
      events.sendRetrying(client);
      awaitCount(client, "retrying", events.retrying());
      ok(client, "/processing/pause", PAUSE);
    }
    try (Program program = serve(stuck());
        var client = new Client(program)) {
      events.sendBacklog(client);
      ok(client, "/processing/resume", "");
      Eventually.holds(
          "all workers are busy", () -> client.number("/processing", "/in_flight") == STUCK);
      ok(client, "/processing/pause", PAUSE);
      ok(client, "/subscriptions/default/pause", PAUSE);
      awaitSteadyCounts(client);
      String plan = plan(client);
      return new Written(EarlierState.of(client, events), plan);
    }
  }

  private Program serve(Map<String, String> settings) throws Exception {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(settings);
    return Program.launchService(checkout, folder, all);
  }

  /// Attempts last until the service is killed.
  private static Map<String, String> stuck() {
    return Map.of(
        "WORKERS",
        String.valueOf(STUCK),
        "PROCESSING_DELAY_MS",
        "3600000",
        "PROCESSING_TIMEOUT_MS",
        "86400000");
  }

  private static void ok(Client client, String path, String body) throws Exception {
    var answer = client.post(path, body);
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isLessThan(300);
  }

  /// Leaves a key and entries in the activity log.
  private static void operate(Client client) throws Exception {
    ok(client, "/keys", "{\"owner\":\"shop\",\"role\":\"producer\"}");
    ok(client, "/processing/pause", PAUSE);
    ok(client, "/processing/resume", "");
  }

  private static String plan(Client client) throws Exception {
    JsonNode plan =
        Client.read(
            client.post(
                "/bulk/plan",
                "{\"action\":\"replay\",\"filter\":{\"event_type\":\"%s\"}}"
                    .formatted(UpgradeEvents.LOST_TYPE)));
    assertThat(plan.path("qualifying").asInt()).isEqualTo(UpgradeEvents.OF_RARE_TYPE);
    return plan.path("token").asText();
  }

  private static void awaitCount(Client client, String status, long count) {
    Waiting.until(
        count + " are " + status,
        LONGEST_PART,
        () -> client.number("/stats", "/events/" + status) == count);
  }

  /// Waits until two counts, taken at different times after now, are the same and include all
  /// events: claimed deliveries that were not begun are handed back after a pause.
  private void awaitSteadyCounts(Client client) throws Exception {
    var last = new JsonNode[] {client.json("/stats")};
    Waiting.until(
        "the counts are steady",
        LONGEST_PART,
        () -> {
          JsonNode now = stats(client);
          boolean isLater = !now.path("as_of").equals(last[0].path("as_of"));
          boolean isSteady = isLater && now.path("events").equals(last[0].path("events"));
          last[0] = now;
          return isSteady && sum(now) == events.total();
        });
  }

  private static JsonNode stats(Client client) {
    try {
      return client.json("/stats");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static long sum(JsonNode stats) {
    return stats.path("events").valueStream().mapToLong(JsonNode::asLong).sum();
  }
}
