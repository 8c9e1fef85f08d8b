package dev.sluice.adapter.http.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.adapter.http.DescribedApi;
import dev.sluice.adapter.http.MediaTypes;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.TestServer;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.port.Durability;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The description of the API matches the code.
final class OpenApiTest {

  private static final String SCHEMAS = "/components/schemas/";

  private final DescribedApi api = DescribedApi.read();

  @Test
  void describedOperations_areTheRoutesAndTheProbes() {
    try (TestServer server = TestServer.start()) {
      List<String> routes = new ArrayList<>(server.http().routeNames(server.application()));
      routes.addAll(DescribedApi.PROBES);

      assertThat(api.operations()).containsExactlyInAnyOrderElementsOf(routes);
    }
  }

  @Test
  void describedCodes_areTheProblemCodes() {
    assertThat(describedNames("ProblemCode"))
        .containsExactlyElementsOf(
            Arrays.stream(ProblemCode.values()).map(ProblemCode::wireName).toList());
  }

  @Test
  void describedStatuses_areThoseOfTheDomain() {
    assertThat(describedNames("EventStatus"))
        .containsExactlyElementsOf(
            Arrays.stream(EventStatus.values()).map(EventStatus::wireName).toList());
    assertThat(describedNames("DeliveryStatus"))
        .containsExactlyElementsOf(
            Arrays.stream(DeliveryStatus.values()).map(DeliveryStatus::wireName).toList());
    assertThat(texts(api.at(SCHEMAS + "Health/properties/durability/enum")))
        .containsExactlyElementsOf(
            Arrays.stream(Durability.values()).map(Durability::wireName).toList());
  }

  @Test
  void describedQueryParameters_areThoseThatListsKnow() {
    try (TestServer server = TestServer.start()) {
      for (String path : List.of("/events", "/dead-letters", "/events/stream")) {
        assertThat(api.parameters("GET " + path, "query"))
            .as(path)
            .isEqualTo(knownParameters(server, path));
      }
    }
  }

  @Test
  void describedMediaTypes_areThoseThatAreTaken() {
    List<String> described =
        DescribedApi.names(api.at(DescribedApi.pointerTo("POST /events") + "/requestBody/content"));

    assertThat(described).hasSize(MediaTypes.values().length + 1).contains("text/plain");
    assertThat(described)
        .filteredOn(type -> !type.equals("text/plain"))
        .allSatisfy(type -> assertThat(MediaTypes.of(Optional.of(type))).isPresent());
  }

  @ParameterizedTest
  @MethodSource("contents")
  void examples_matchTheirSchema(String pointer) {
    for (JsonNode example : api.at(pointer + "/examples")) {
      assertThat(api.schemaComplaints(pointer + "/schema", example.path("value").toString()))
          .as(example.path("summary").asText())
          .isEmpty();
    }
  }

  static Stream<String> contents() {
    var contents = new ArrayList<String>();
    DescribedApi api = DescribedApi.read();
    for (String operation : api.operations()) {
      String pointer = DescribedApi.pointerTo(operation);
      addContents(api, pointer + "/requestBody", contents);
      for (String status : DescribedApi.names(api.at(pointer + "/responses"))) {
        addContents(api, pointer + "/responses/" + status, contents);
      }
    }
    for (String name : DescribedApi.names(api.at("/components/responses"))) {
      addContents(api, "/components/responses/" + name, contents);
    }
    return contents.stream();
  }

  private static void addContents(DescribedApi api, String holder, List<String> contents) {
    for (String mediaType : DescribedApi.names(api.at(holder + "/content"))) {
      contents.add(holder + "/content/" + DescribedApi.escape(mediaType));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "{}",
        "{\"payload\":1,\"colour\":2}",
        "{\"payload\":1,\"event_id\":\"\"}",
        "{\"payload\":1,\"event_id\":\"  \"}",
        "{\"payload\":1,\"event_id\":\"a\\u0007\"}",
        "{\"payload\":1,\"event_id\":3}",
        "{\"payload\":1,\"event_type\":null}",
        "{\"payload\":1,\"occurred_at\":true}",
        "{\"payload\":1,\"occurred_at\":\"yesterday\"}"
      })
  void invalidEvent_isInvalidByItsSchemaToo(String json) {
    try (TestServer server = TestServer.start()) {
      server.post(json).isProblem(400, "invalid_event");

      assertThat(api.schemaComplaints(SCHEMAS + "NewEvent", json)).isNotEmpty();
    }
  }

  @Test
  void everySchema_isUsed() {
    String document = api.at("").toString();

    for (String kind : DescribedApi.names(api.at("/components"))) {
      for (String name : DescribedApi.names(api.at("/components/" + kind))) {
        String use =
            kind.equals("securitySchemes")
                ? "\"" + name + "\":[]"
                : "\"#/components/" + kind + "/" + name + "\"";
        assertThat(document).as(kind + "/" + name).contains(use);
      }
    }
  }

  /// OpenAPI 3.0.3: without a type, nullable has no effect.
  @Test
  void everythingNullable_hasAType() {
    assertThat(api.at("").findParents("nullable"))
        .isNotEmpty()
        .allSatisfy(schema -> assertThat(schema.has("type")).as(schema.toString()).isTrue());
  }

  @Test
  void operationsThatNeedAKey_nameWhatIsAnsweredWithoutAGoodOne() {
    for (String operation : api.operations()) {
      JsonNode described = api.at(DescribedApi.pointerTo(operation));
      if (!described.path("security").isArray() || !described.path("security").isEmpty()) {
        assertThat(DescribedApi.names(described.path("responses")))
            .as(operation)
            .contains("401", "403");
      }
    }
  }

  @Test
  void examplesOfSchemas_matchTheirSchema() {
    for (String name : DescribedApi.names(api.at("/components/schemas"))) {
      String properties = SCHEMAS + name + "/properties";
      for (String property : DescribedApi.names(api.at(properties))) {
        String pointer = properties + "/" + DescribedApi.escape(property);
        JsonNode example = api.at(pointer + "/example");
        if (!example.isMissingNode()) {
          assertThat(api.schemaComplaints(pointer, example.toString())).as(pointer).isEmpty();
        }
      }
    }
  }

  private List<String> describedNames(String schema) {
    return texts(api.at(SCHEMAS + schema + "/enum"));
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /// Returns the parameters that a list names when it rejects an unknown one.
  private static Set<String> knownParameters(TestServer server, String path) {
    String detail =
        server.get(path + "?colour=red").hasStatus(400).json().at("/errors/0/detail").asText();
    return new TreeSet<>(
        List.of(detail.substring(detail.indexOf("known are ") + 10).split(", ", -1)));
  }
}
