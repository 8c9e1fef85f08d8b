package dev.sluice.process;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What a service said of its events before it was upgraded.
///
/// @param counts events by status
/// @param sample events with their deliveries and attempts, by their numbers
/// @param deadLetters ids of all dead letters
/// @param activity entries of the activity log, newest first
/// @param keys API keys
/// @param points of the history of figures
record EarlierState(
    Map<String, Long> counts,
    Map<Integer, JsonNode> sample,
    Set<String> deadLetters,
    List<JsonNode> activity,
    JsonNode keys,
    int points) {

  private static final int SAMPLE = 2_000;
  private static final Set<String> UNFINISHED = Set.of("received", "retrying", "processing");

  static EarlierState of(Client client, UpgradeEvents events) throws Exception {
    var sample = new HashMap<Integer, JsonNode>();
    for (int number : events.sample(SAMPLE)) {
      sample.put(number, client.json("/events/" + UpgradeEvents.id(number)));
    }
    return new EarlierState(
        counts(client),
        sample,
        deadLetters(client),
        list(client, "/activity?limit=100"),
        client.json("/keys"),
        points(client));
  }

  static Map<String, Long> counts(Client client) throws Exception {
    var counts = new HashMap<String, Long>();
    client
        .json("/stats")
        .path("events")
        .properties()
        .forEach(count -> counts.put(count.getKey(), count.getValue().asLong()));
    return counts;
  }

  private static List<JsonNode> list(Client client, String path) throws Exception {
    List<JsonNode> all = new ArrayList<>();
    client.json(path).forEach(all::add);
    return all;
  }

  private static int points(Client client) throws Exception {
    int points = 0;
    for (JsonNode point : client.json("/stats/series?from=-1h&step=1m").path("points")) {
      points += point.path("accepted").asLong() > 0 ? 1 : 0;
    }
    return points;
  }

  private static Set<String> deadLetters(Client client) throws Exception {
    return client.all("/dead-letters?limit=500&payload=false").stream()
        .map(event -> event.path("event_id").asText())
        .collect(toSet());
  }

  /// Returns an event of the sample.
  JsonNode event(int number) {
    return Objects.requireNonNull(sample.get(number));
  }

  private long unfinished() {
    return UNFINISHED.stream().mapToLong(status -> counts.getOrDefault(status, 0L)).sum();
  }

  /// Checks that the new version, which has begun nothing yet, says the same of the same events. A
  /// delivery that was in work at the kill may be in another unfinished state now.
  void assertSame(EarlierState now) {
    for (String status : List.of("unrouted", "completed", "failed", "cancelled")) {
      assertThat(now.counts.get(status)).as(status).isEqualTo(counts.get(status));
    }
    assertThat(now.unfinished()).isEqualTo(unfinished());
    assertThat(now.deadLetters).isEqualTo(deadLetters);
    assertThat(now.keys).isEqualTo(keys);
    assertThat(now.points).isGreaterThanOrEqualTo(points);
    assertActivity(now.activity);
    assertThat(now.sample.keySet()).isEqualTo(sample.keySet());
    sample.forEach((number, before) -> assertSame(before, now.event(number)));
  }

  /// The new version has only added entries, before these.
  private void assertActivity(List<JsonNode> now) {
    assertThat(now.size()).isGreaterThanOrEqualTo(activity.size());
    int added = now.size() - activity.size();
    for (int index = 0; index < activity.size(); index++) {
      assertMembers(activity.get(index), now.get(added + index));
    }
  }

  private static void assertSame(JsonNode before, JsonNode now) {
    String status = before.path("status").asText();
    if (status.equals("processing")) {
      assertThat(UNFINISHED).contains(now.path("status").asText());
      assertThat(now.path("payload")).isEqualTo(before.path("payload"));
    } else {
      assertMembers(before, now);
    }
  }

  /// Every member that the earlier version returned is returned with the same value; others may
  /// have been added.
  private static void assertMembers(JsonNode before, JsonNode now) {
    if (before instanceof ObjectNode object) {
      object
          .properties()
          .forEach(member -> assertMembers(member.getValue(), now.path(member.getKey())));
    } else if (before.isArray()) {
      assertThat(now.size()).as("%s", now).isEqualTo(before.size());
      for (int index = 0; index < before.size(); index++) {
        assertMembers(before.get(index), now.path(index));
      }
    } else {
      assertThat(now).isEqualTo(before);
    }
  }
}
