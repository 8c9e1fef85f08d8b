package dev.sluice.adapter.http.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.adapter.http.Access;
import dev.sluice.adapter.http.Answer;
import dev.sluice.adapter.http.DescribedApi;
import dev.sluice.adapter.http.Routes;
import dev.sluice.adapter.http.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The collection of calls in `docs` matches the service.
final class InsomniaCollectionTest {

  private static final Path FILE = Path.of("..", "docs", "insomnia-collection.json");
  private static final String BASE_URL = "{{ _.base_url }}";

  private final List<JsonNode> resources = new ArrayList<>();

  @BeforeEach
  void read() throws IOException {
    JsonNode export = Answer.read(Files.readString(FILE));
    assertThat(export.path("_type").asText()).isEqualTo("export");
    assertThat(export.path("__export_format").asInt()).isEqualTo(4);
    export.path("resources").forEach(resources::add);
  }

  @Test
  void ids_areUniqueAndParentsAreThere() {
    List<String> ids = resources.stream().map(one -> one.path("_id").asText()).toList();

    assertThat(ids).isNotEmpty().doesNotHaveDuplicates().doesNotContain("");
    assertThat(resources)
        .filteredOn(one -> !one.path("_type").asText().equals("workspace"))
        .allSatisfy(one -> assertThat(ids).contains(one.path("parentId").asText()));
  }

  @Test
  void requests_callEveryRouteAndNothingElse() {
    try (TestServer server = TestServer.start()) {
      Set<String> names = new HashSet<>(server.http().routeNames(server.application()));
      names.addAll(DescribedApi.PROBES);
      Routes routes = routes(names);
      Set<String> called = new TreeSet<>();

      for (JsonNode request : requests()) {
        String method = request.path("method").asText();
        String url = request.path("url").asText();
        assertThat(url).startsWith(BASE_URL + "/").doesNotContain("?");
        Routes.Found found = routes.find(method, url.substring(BASE_URL.length()));
        called.add(found.route().map(Routes.Route::name).orElse("no route: " + url));
      }
      assertThat(called).containsExactlyInAnyOrderElementsOf(names);
    }
  }

  @Test
  void everyRequest_sendsTheKeyOfTheEnvironment() {
    assertThat(requests())
        .allSatisfy(
            request -> {
              JsonNode authentication = request.path("authentication");
              assertThat(authentication.path("type").asText()).isEqualTo("bearer");
              assertThat(authentication.path("token").asText()).isEqualTo("{{ _.key }}");
            });
  }

  @Test
  void bodies_areOfTheirMediaType() {
    for (JsonNode request : requests()) {
      JsonNode body = request.path("body");
      String mediaType = body.path("mimeType").asText();
      boolean isMeantToFail = request.path("_id").asText().equals("req_invalid_json");
      if (mediaType.endsWith("json") && !mediaType.endsWith("ndjson") && !isMeantToFail) {
        assertThat(Answer.read(body.path("text").asText())).isNotNull();
      }
    }
  }

  private List<JsonNode> requests() {
    return resources.stream().filter(one -> one.path("_type").asText().equals("request")).toList();
  }

  private static Routes routes(Set<String> names) {
    var routes = new Routes();
    for (String name : names) {
      int space = name.indexOf(' ');
      routes.add(name.substring(0, space), name.substring(space + 1), Access.OPEN, _ -> {});
    }
    return routes;
  }
}
