package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// An unknown parameter, such as a misspelt filter, is named and rejected on every described route,
/// including future ones.
final class UnknownParametersTest {

  /// Probes and scrapers add parameters of their own, and must get a response whatever they send.
  private static final Set<String> FOR_ALL =
      Set.of("GET /health", "GET /healthz", "GET /ready", "GET /metrics", "GET /openapi.json");

  private static final TestServer SERVER = TestServer.start();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  static Stream<String> strict() {
    return DescribedApi.read().operations().stream().filter(name -> !isForAll(name));
  }

  static Stream<String> forAll() {
    return DescribedApi.read().operations().stream().filter(UnknownParametersTest::isForAll);
  }

  private static boolean isForAll(String operation) {
    return FOR_ALL.contains(operation) || DescribedApi.PROBES.contains(operation);
  }

  private static Answer call(String operation, String query) {
    String[] words = operation.split(" ", -1);
    return SERVER.method(words[0], words[1].replace("{id}", "x") + query);
  }

  @ParameterizedTest
  @MethodSource("strict")
  void unknownParameter_isNamed(String operation) {
    Answer answer = call(operation, "?colour=1").isProblem(400, "invalid_query");

    assertThat(answer.text("detail")).startsWith("Query parameter colour is unknown");
    assertThat(answer.json().at("/errors/0/parameter").asText()).isEqualTo("colour");
  }

  @ParameterizedTest
  @MethodSource("strict")
  void description_hasTheAnswer(String operation) {
    DescribedApi api = DescribedApi.read();

    assertThat(api.complaints(operation, call(operation, "?colour=1"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("forAll")
  void probesAndScrapers_areAnsweredAllTheSame(String operation) {
    assertThat(call(operation, "?colour=1").status()).isIn(200, 204);
  }

  @Test
  void parameterThatIsKnownElsewhere_isNotKnownHere() {
    for (String query : List.of("/stats?limit=1", "/events/x?status=failed", "/keys?cursor=1")) {
      SERVER.get(query).isProblem(400, "invalid_query");
    }
  }
}
