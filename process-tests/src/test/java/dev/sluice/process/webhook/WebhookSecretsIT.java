package dev.sluice.process.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.servers.PostgresServer;
import dev.sluice.process.Client;
import dev.sluice.process.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Secrets of webhooks, and the key that encrypts them: on one node, and on two with PostgreSQL.
@Timeout(300)
final class WebhookSecretsIT {

  private static final String OLD_KEY = key('o');
  private static final String NEW_KEY = key('n');
  private static final String TOKEN = "token-e1b7f7e2c0d94f5f";
  private static final String PASSWORD = "password-5d0f9a3c7b1e";
  private static final String VALUE = "value-8c1e2f7a90b34d56";
  private static final int MANY = 300;

  @TempDir private Path folder;
  private final Arrivals arrivals = new Arrivals();
  private final Queue<Message> messages = new ConcurrentLinkedQueue<>();
  private final Set<String> secrets = new HashSet<>(Set.of(TOKEN, PASSWORD, VALUE));
  private final List<Program> programs = new ArrayList<>();
  private Receiver receiver;

  private static String key(char filling) {
    return Base64.getEncoder().encodeToString(String.valueOf(filling).repeat(32).getBytes(UTF_8));
  }

  @BeforeEach
  void start() throws IOException {
    receiver =
        Receiver.start(
            connection -> {
              while (true) {
                Message message = connection.read();
                messages.add(message);
                arrivals.add(message);
                connection.respond("200 OK");
              }
            });
  }

  @AfterEach
  void stop() throws IOException {
    programs.forEach(Program::close);
    receiver.close();
  }

  private Program serve(Map<String, String> settings) throws IOException {
    Program program = Program.serve(folder, settings);
    programs.add(program);
    return program;
  }

  private static Map<String, String> keys(String keys) {
    return Map.of("SECRETS_KEY", keys);
  }

  /// Stores a subscription whose secret the service makes.
  private void create(Client client, String name, String credentials) throws Exception {
    String definition =
        new Hook(name, receiver).definition("\"credentials\":{" + credentials + "}");
    HttpResponse<String> response = client.send("PUT", "/subscriptions/" + name, definition);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    String secret = Client.read(response).path("secret").asText();
    assertThat(secret).startsWith("whsec_");
    secrets.add(secret.substring("whsec_".length()));
  }

  private void createAll(Client client) throws Exception {
    create(client, "bearer", "\"scheme\":\"bearer\",\"token\":\"" + TOKEN + "\"");
    create(
        client,
        "basic",
        "\"scheme\":\"basic\",\"username\":\"ann\",\"password\":\"" + PASSWORD + "\"");
    create(
        client, "header", "\"scheme\":\"header\",\"name\":\"X-Key\",\"value\":\"" + VALUE + "\"");
    secrets.add(Base64.getEncoder().encodeToString(("ann:" + PASSWORD).getBytes(UTF_8)));
  }

  private void assertAllAreUsable(Client client, String event) throws Exception {
    assertThat(client.post("{\"event_id\":\"" + event + "\",\"payload\":1}").statusCode())
        .isEqualTo(202);
    client.awaitStatus(event, "completed");
    List<Message> sent =
        messages.stream()
            .filter(one -> one.header("webhook-id").equals(Optional.of(event)))
            .toList();
    assertThat(sent)
        .extracting(Message::subscription)
        .hasSize(3)
        .containsOnly("bearer", "basic", "header");
    for (Message message : sent) {
      Map.Entry<String, String> credentials = credentialsOf(message.subscription());
      assertThat(message.header(credentials.getKey())).contains(credentials.getValue());
      assertThat(isSigned(message)).isTrue();
    }
  }

  private static Map.Entry<String, String> credentialsOf(String subscription) {
    return switch (subscription) {
      case "bearer" -> Map.entry("authorization", "Bearer " + TOKEN);
      case "basic" ->
          Map.entry(
              "authorization",
              "Basic " + Base64.getEncoder().encodeToString(("ann:" + PASSWORD).getBytes(UTF_8)));
      default -> Map.entry("x-key", VALUE);
    };
  }

  private boolean isSigned(Message message) {
    return secrets.stream()
        .filter(secret -> !secret.contains("-"))
        .anyMatch(secret -> Signing.isValid(message, "whsec_" + secret));
  }

  /// Asserts that the service does not start with these settings, and says why.
  private void assertRefused(Map<String, String> settings, int exitCode, String... says)
      throws Exception {
    var environment = new HashMap<>(settings);
    environment.put("PORT", "0");
    try (var program = Program.start(folder, environment, "serve")) {
      assertThat(program.exitCode()).isEqualTo(exitCode);
      assertThat(program.out()).isEmpty();
      assertThat(program.err()).filteredOn(line -> line.startsWith("sluice: ")).hasSize(1);
      assertThat(program.err().getLast()).contains(says);
    }
  }

  private String run(Map<String, String> settings, String... command) throws Exception {
    try (var program = Program.start(folder, settings, command)) {
      assertThat(program.exitCode()).as("%s", program.err()).isZero();
      return String.join("\n", program.out());
    }
  }

  @Test
  void nodeWithAnotherKey_refusesToStart_andTheOldKeyBehindANewOneWorks() throws Exception {
    try (var first = serve(keys(OLD_KEY));
        var client = new Client(first)) {
      createAll(client);
      assertAllAreUsable(client, "before");
    }

    assertRefused(keys(NEW_KEY), 1, "SECRETS_KEY", "subscription ", "behind");
    assertRefused(Map.of(), 1, "SECRETS_KEY", "subscription ");
    assertRefused(keys("not-a-key"), 2, "SECRETS_KEY");

    try (var second = serve(keys(NEW_KEY + "," + OLD_KEY));
        var client = new Client(second)) {
      assertAllAreUsable(client, "after");
      assertThat(
              client.send("PATCH", "/subscriptions/bearer", "{\"description\":\"x\"}").statusCode())
          .isEqualTo(200);
      assertAllAreUsable(client, "changed");
    }
    // The start encrypted all secrets with the new key.
    try (var third = serve(keys(NEW_KEY));
        var client = new Client(third)) {
      assertAllAreUsable(client, "renewed");
    }
  }

  @Test
  void deletedSubscription_needsNoKey() throws Exception {
    try (var first = serve(keys(OLD_KEY));
        var client = new Client(first)) {
      new Hook("hook", receiver).create(client);
      assertThat(client.send("DELETE", "/subscriptions/hook?deliveries=cancel", "").statusCode())
          .isEqualTo(200);
    }

    try (var second = serve(keys(NEW_KEY))) {
      assertThat(second.out()).isNotEmpty();
    }
  }

  @Test
  void secretsAndCredentials_areNowhereInPlainText() throws Exception {
    try (var program = serve(Map.of("SECRETS_KEY", OLD_KEY, "LOG_LEVEL", "trace"));
        var client = new Client(program)) {
      createAll(client);
      assertAllAreUsable(client, "event");
      String rotated =
          Client.read(client.send("POST", "/subscriptions/bearer/secret", "{}"))
              .path("secret")
              .asText();
      assertThat(rotated).startsWith("whsec_");
      secrets.add(rotated.substring("whsec_".length()));
      assertAllAreUsable(client, "rotated");
      secrets.add(OLD_KEY);

      assertHidesSecrets(
          "sluice config", run(keys(OLD_KEY), "config"), "sluice export", export(keys(OLD_KEY)));
      for (String path : readablePaths()) {
        HttpResponse<String> response = client.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        assertHidesSecrets(path, response.body());
      }
      assertHidesSecrets("standard output", String.join("\n", program.out()));
    }
    assertFilesHideSecrets();
  }

  private String export(Map<String, String> settings) throws Exception {
    String exported = run(settings, "subscriptions", "export");
    assertThat(exported).contains("bearer", "credentials");
    return exported;
  }

  private static List<String> readablePaths() {
    return List.of(
        "/subscriptions",
        "/subscriptions/bearer",
        "/subscriptions/basic",
        "/subscriptions/header",
        "/subscriptions/bearer/versions",
        "/events/event",
        "/events/rotated",
        "/events?limit=100",
        "/activity",
        "/stats",
        "/nodes",
        "/health");
  }

  private void assertHidesSecrets(String... namesAndTexts) {
    for (int index = 0; index < namesAndTexts.length; index += 2) {
      for (String secret : secrets) {
        assertThat(namesAndTexts[index + 1].contains(secret))
            .as("%s contains %s", namesAndTexts[index], secret)
            .isFalse();
      }
    }
  }

  /// Searches the database, the logs and everything else that the service wrote.
  private void assertFilesHideSecrets() throws IOException {
    List<Path> files;
    try (var all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    assertThat(files).anyMatch(file -> file.toString().endsWith(".db"));
    assertThat(files).as("what is searched is not compressed").anyMatch(this::namesTheReceiver);
    for (Path file : files) {
      assertHidesSecrets(file.toString(), bytesOf(file));
    }
  }

  private boolean namesTheReceiver(Path file) {
    return bytesOf(file).contains("http://127.0.0.1:" + receiver.port() + "/bearer");
  }

  private static String bytesOf(Path file) {
    try {
      return new String(Files.readAllBytes(file), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void twoNodesWithOneKey_bothDeliver_andOneWithoutItRefusesToStart() throws Exception {
    try (var database = PostgresServer.start(folder)) {
      Map<String, String> shared = Map.of("STORAGE", "postgres", "DATABASE_URL", database.url());
      var settings = new HashMap<>(shared);
      settings.put("SECRETS_KEY", OLD_KEY);
      try (var one = new Client(serve(settings));
          var other = new Client(serve(settings))) {
        new Hook("hook", receiver).create(one);
        Eventually.holds("the other knows it", () -> knows(other, "hook"));
        postMany(one, other);
        Eventually.holds("all arrive", () -> arrivals.eventsOf("hook").size() == MANY);
        assertThat(arrivals.list()).allMatch(Arrival::isValid);
        assertThat(workers(one)).hasSize(2);
      }
      assertRefused(shared, 1, "SECRETS_KEY", "subscription hook");
      stop();
    }
  }

  private static boolean knows(Client client, String name) {
    return client.number("/subscriptions/" + name, "/version") > 0;
  }

  private void postMany(Client one, Client other) throws Exception {
    for (int number = 0; number < MANY; number++) {
      Client client = number % 2 == 0 ? one : other;
      assertThat(client.post("{\"event_id\":\"e-" + number + "\",\"payload\":1}").statusCode())
          .isEqualTo(202);
    }
  }

  private static Set<String> workers(Client client) throws Exception {
    Set<String> workers = new HashSet<>();
    for (int number = 0; number < MANY; number++) {
      JsonNode event = client.json("/events/e-" + number);
      workers.addAll(event.findValuesAsText("worker"));
    }
    return workers;
  }
}
