package dev.sluice.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.servers.NeedsBrokerPackages;
import dev.sluice.contract.servers.PostgresServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two admins edit the version of a subscription that both have read, at the same time: one wins,
/// and the other is told that the version is not the current one any more.
final class TwoAdminsIT {

  private static final int ROUNDS = 20;
  private static final String PATH = "/subscriptions/mail";
  private static final String DEFINITION =
      "{\"types\":[\"%s\"],\"destination\":{\"kind\":\"demo\"}}";

  @TempDir private Path folder;

  @Test
  void onMemory_oneWins() throws Exception {
    try (var node = Program.serve(folder, Map.of("STORAGE", "memory"))) {
      assertOneWins(node, node);
    }
  }

  @Test
  void onSqlite_oneWins() throws Exception {
    try (var node = Program.serve(folder, Map.of())) {
      assertOneWins(node, node);
    }
  }

  @Test
  void onTwoNodesOfPostgres_oneWins() throws Exception {
    try (var database = PostgresServer.start(folder)) {
      Map<String, String> settings = Map.of("STORAGE", "postgres", "DATABASE_URL", database.url());
      try (var one = Program.serve(folder, settings);
          var other = Program.serve(folder, settings)) {
        assertOneWins(one, other);
      }
    }
  }

  @Test
  @Tag("broker-packages")
  @NeedsBrokerPackages
  void onTwoNodesOfRedis_oneWins() throws Exception {
    try (var nodes = BrokerNodes.start(folder)) {
      assertOneWins(nodes.serve(), nodes.serve());
    }
  }

  private static void assertOneWins(Program one, Program other) throws Exception {
    try (var first = new Client(one);
        var second = new Client(other);
        var admins = Executors.newFixedThreadPool(2)) {
      String tag =
          tagOf(first.send("PUT", PATH, DEFINITION.formatted("first"), "If-None-Match", "*"));
      for (int round = 0; round < ROUNDS; round++) {
        var start = new CyclicBarrier(2);
        List<HttpResponse<String>> answers = new ArrayList<>();
        for (Future<HttpResponse<String>> answer :
            admins.invokeAll(
                List.of(
                    put(first, "a-" + round, tag, start),
                    patch(second, "b-" + round, tag, start)))) {
          answers.add(answer.get());
        }
        tag = assertOneWon(answers, tag);
        assertThat(tagOf(first.get(PATH))).as("round %d", round).isEqualTo(tag);
      }
      assertThat(first.json(PATH + "/versions?limit=100")).hasSize(ROUNDS + 1);
    }
  }

  private static Callable<HttpResponse<String>> put(
      Client admin, String type, String tag, CyclicBarrier start) {
    return () -> {
      start.await();
      return admin.send("PUT", PATH, DEFINITION.formatted(type), "If-Match", tag);
    };
  }

  private static Callable<HttpResponse<String>> patch(
      Client admin, String type, String tag, CyclicBarrier start) {
    return () -> {
      start.await();
      return admin.send("PATCH", PATH, "{\"types\":[\"" + type + "\"]}", "If-Match", tag);
    };
  }

  /// Returns the tag of the new version.
  private static String assertOneWon(List<HttpResponse<String>> answers, String tag)
      throws IOException {
    assertThat(answers).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(200, 412);
    boolean isFirst = answers.getFirst().statusCode() == 200;
    HttpResponse<String> lost = isFirst ? answers.getLast() : answers.getFirst();
    assertThat(Client.read(lost).path("code").asText()).isEqualTo("precondition_failed");
    String won = tagOf(isFirst ? answers.getFirst() : answers.getLast());
    assertThat(won).isNotEqualTo(tag);
    return won;
  }

  private static String tagOf(HttpResponse<String> answer) {
    return answer.headers().firstValue("ETag").orElseThrow();
  }
}
