package dev.sluice.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.servers.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// This version continues with the data of an earlier one, which was killed with a backlog. It
/// needs a build of that version, so it is no part of the check: `scripts/upgrade.sh` runs it.
@Timeout(7_200)
final class UpgradeTrial {

  private static final Path EARLIER = Path.of(System.getProperty("upgrade.earlier", ""));
  private static final Path CURRENT = Path.of(System.getProperty("upgrade.current", ""));
  private static final int AFTER_SIGTERM = 143;
  private static final int SENT_AGAIN = 100;
  private static final Duration LONGEST_PART = Duration.ofMinutes(20);

  private final UpgradeEvents events =
      new UpgradeEvents(Integer.getInteger("upgrade.events", 20_000));

  @TempDir private Path folder;

  @Test
  void dataFolderOfTheEarlierVersion_isContinued_sqlite() throws Exception {
    Map<String, String> environment = environment(Map.of("STORAGE", "sqlite"));
    upgrade(environment, () -> Files.size(folder.resolve("data").resolve("sluice.db")));
    Program check = Program.launch(CURRENT, folder, environment, "storage", "check");
    assertThat(check.exitCode()).as("%s", check.out()).isZero();
    report("storage check: " + check.out());
  }

  @Test
  void databaseOfTheEarlierVersion_isContinued_postgres() throws Exception {
    try (var database = PostgresServer.start(folder)) {
      upgrade(
          environment(Map.of("STORAGE", "postgres", "DATABASE_URL", database.url())),
          () -> {
            try (var connection = database.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select pg_database_size(current_database())")) {
              row.next();
              return row.getLong(1);
            }
          });
    }
  }

  private interface Size {
    long bytes() throws Exception;
  }

  private Map<String, String> environment(Map<String, String> storage) {
    Map<String, String> all = new HashMap<>(storage);
    all.put("DEMO", "on");
    all.put("MAX_RETRIES", "2");
    all.put("RETRY_BASE_MS", "0");
    all.put("LEASE_MS", "5000");
    all.put("MAX_BACKLOG", "2000000");
    all.put("DATA_DIR", folder.resolve("data").toString());
    return all;
  }

  private static void report(String line) {
    System.out.println("upgrade: " + line);
  }

  private static long megabytes(Size size) throws Exception {
    return size.bytes() >> 20;
  }

  private void upgrade(Map<String, String> environment, Size size) throws Exception {
    long begin = System.nanoTime();
    var written = new EarlierService(EARLIER, folder, environment, events).write();
    report(
        "%d events written by the earlier version in %d s, %d MiB: %s"
            .formatted(
                events.total(),
                since(begin).toSeconds(),
                megabytes(size),
                written.state().counts()));
    begin = System.nanoTime();
    try (Program program = Program.launchService(CURRENT, folder, environment);
        var client = new Client(program)) {
      assertThat(client.get("/ready").statusCode()).isEqualTo(200);
      report(
          "ready after %d ms, %d MiB, %s"
              .formatted(since(begin).toMillis(), megabytes(size), program.memory()));
      program.err().stream()
          .filter(line -> line.contains("upgrad") && !line.contains("paused"))
          .forEach(line -> report("  " + line));
      assertDataIsThere(client, written.state());
      assertOperatorsCanActOnIt(client, written);
      assertBacklogDrains(client);
      assertSubscriptionsCanBeStored(client);
      program.terminate();
      assertThat(program.exitCode()).isEqualTo(AFTER_SIGTERM);
    }
    begin = System.nanoTime();
    try (Program program = Program.launchService(CURRENT, folder, environment)) {
      report("the next start: %d ms".formatted(since(begin).toMillis()));
      program.terminate();
      assertThat(program.exitCode()).isEqualTo(AFTER_SIGTERM);
    }
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private void assertDataIsThere(Client client, EarlierState before) throws Exception {
    before.assertSame(EarlierState.of(client, events));
    for (int number : before.sample().keySet()) {
      assertThat(before.event(number).path("payload"))
          .isEqualTo(events.event(number).path("payload"));
    }
    assertThat(client.json("/activity/verify").path("intact").asBoolean()).isTrue();
    assertThat(client.json("/processing").at("/paused/reason").asText()).isEqualTo("upgrade");
    assertThat(isActive(client, "default")).isTrue();
    String reason = client.json("/subscriptions/default").at("/paused/reason").asText();
    assertThat(reason).isEqualTo("upgrade");
  }

  /// A replay, a bulk job whose plan the earlier version made, and events that are sent again.
  private void assertOperatorsCanActOnIt(Client client, EarlierService.Written written)
      throws Exception {
    String dead = written.state().deadLetters().stream().max(String::compareTo).orElseThrow();
    var replayed = client.post("/events/" + dead + "/replay", "{}");
    assertThat(replayed.statusCode()).as(replayed.body()).isEqualTo(202);
    assertThat(client.json("/events/" + dead).path("status").asText()).isEqualTo("received");
    assertThat(done(client, written.plan())).isEqualTo(UpgradeEvents.OF_RARE_TYPE);
    String again = events.batch(events.sample(SENT_AGAIN));
    assertThat(Client.read(client.post(again)).path("duplicates").asInt()).isEqualTo(SENT_AGAIN);
  }

  /// Starts a plan and returns how many events its job changed. Without a rate, a job gives way to
  /// the backlog.
  private static int done(Client client, String token) throws Exception {
    var started = client.post("/bulk", "{\"token\":\"" + token + "\",\"rate_per_second\":100}");
    assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
    String job = "/bulk/" + Client.read(started).path("id").asText();
    Eventually.holds("the job is over", () -> client.number(job, "/remaining") == 0);
    JsonNode over = client.json(job);
    assertThat(over.path("state").asText()).as("%s", over).isEqualTo("finished");
    return over.path("done").asInt();
  }

  private void assertBacklogDrains(Client client) throws Exception {
    long begin = System.nanoTime();
    client.post("/subscriptions/default/resume", "");
    client.post("/processing/resume", "");
    Instant resumed = Instant.now();
    Waiting.until("nothing waits", LONGEST_PART, () -> client.hasNothingLeft(resumed));
    report("backlog processed after %d ms".formatted(since(begin).toMillis()));
    EarlierState now = EarlierState.of(client, events);
    long dead = events.failing();
    assertThat(now.counts().get("failed")).isEqualTo(dead);
    assertThat(now.counts().get("completed")).isEqualTo(events.total() - dead);
    assertThat(now.deadLetters()).hasSize((int) dead);
    now.sample().values().forEach(UpgradeTrial::assertEndedOnce);
  }

  private static void assertEndedOnce(JsonNode event) {
    assertThat(event.path("deliveries")).as("%s", event).hasSize(1);
    JsonNode attempts = event.at("/deliveries/0/attempts");
    long succeeded =
        attempts
            .valueStream()
            .filter(attempt -> attempt.path("outcome").asText().equals("succeeded"))
            .count();
    boolean isCompleted = event.path("status").asText().equals("completed");
    assertThat(succeeded).as("%s", event).isEqualTo(isCompleted ? 1 : 0);
    String last = attempts.path(attempts.size() - 1).path("outcome").asText();
    assertThat(last).as("%s", event).isEqualTo(isCompleted ? "succeeded" : "failed");
  }

  /// A first subscription, an event for it, and a back-fill of the oldest events.
  private void assertSubscriptionsCanBeStored(Client client) throws Exception {
    var stored =
        client.send(
            "PUT",
            "/subscriptions/mail",
            "{\"types\":[\"%s\"],\"destination\":{\"kind\":\"demo\"}}"
                .formatted(UpgradeEvents.OLD_TYPE));
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(201);
    assertThat(deliveredTo(client, "new-1")).containsExactly("mail");
    var plan = Client.read(client.post("/subscriptions/mail/backfill", "{}"));
    assertThat(plan.path("qualifying").asInt())
        .as("%s", plan)
        .isEqualTo(UpgradeEvents.OF_RARE_TYPE);
    assertThat(done(client, plan.path("token").asText())).isEqualTo(UpgradeEvents.OF_RARE_TYPE);
    for (int number = 0; number < UpgradeEvents.OF_RARE_TYPE; number++) {
      String id = UpgradeEvents.id(number);
      client.awaitStatus(id, "completed");
      assertThat(subscriptions(client, id)).containsExactlyInAnyOrder("default", "mail");
    }
    var deleted = client.send("DELETE", "/subscriptions/mail?deliveries=finish", "");
    assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(200);
    Eventually.holds("the built-in one is back", () -> isActive(client, "default"));
    assertThat(deliveredTo(client, "new-2")).containsExactly("default");
  }

  private static boolean isActive(Client client, String subscription) {
    try {
      return client.json("/subscriptions/" + subscription).path("state").asText().equals("active");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> deliveredTo(Client client, String id) throws Exception {
    String event =
        "{\"event_id\":\"%s\",\"event_type\":\"%s\",\"payload\":1}"
            .formatted(id, UpgradeEvents.OLD_TYPE);
    assertThat(client.post(event).statusCode()).isEqualTo(202);
    client.awaitStatus(id, "completed");
    return subscriptions(client, id);
  }

  private static List<String> subscriptions(Client client, String id) throws Exception {
    return client
        .json("/events/" + id)
        .path("deliveries")
        .valueStream()
        .map(delivery -> delivery.path("subscription").asText())
        .toList();
  }
}
