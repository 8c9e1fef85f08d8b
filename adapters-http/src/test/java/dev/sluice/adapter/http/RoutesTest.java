package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RoutesTest {

  private final Routes routes =
      new Routes()
          .add("GET", "/events", Access.VIEWER, _ -> {})
          .add("POST", "/events", Access.VIEWER, _ -> {})
          .add("GET", "/events/{id}", Access.VIEWER, _ -> {})
          .add("POST", "/events/{id}/replay", Access.VIEWER, _ -> {})
          .addUnlimited("GET", "/health", Access.VIEWER, _ -> {});

  private String nameOf(String method, String path) {
    return routes.find(method, path).route().map(Routes.Route::name).orElse("none");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/events,GET /events",
    "HEAD,/events,GET /events",
    "POST,/events,POST /events",
    "GET,/events/7,GET /events/{id}",
    "POST,/events/7/replay,POST /events/{id}/replay",
    "GET,/health,GET /health",
    "GET,/events/{id},GET /events/{id}"
  })
  void path_isFound(String method, String path, String name) {
    assertThat(nameOf(method, path)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "events", "/events/", "/events//replay", "/events/7/", "/event"})
  void otherPath_isUnknown(String path) {
    assertThat(routes.find("GET", path).route()).isEmpty();
    assertThat(routes.find("GET", path).allowed()).isEmpty();
  }

  @Test
  void otherMethod_isToldWhatIsAllowed() {
    assertThat(routes.find("PUT", "/events").allowed()).isEqualTo("GET, HEAD, OPTIONS, POST");
    assertThat(routes.find("HEAD", "/events/7/replay").allowed()).isEqualTo("OPTIONS, POST");
  }

  @ParameterizedTest
  @CsvSource({"a%2Fb,a/b", "a%20b,a b", "a+b,a+b", "%C3%BC,ü", "%EF%BF%BD,\uFFFD", "100%25,100%"})
  void parameter_isDecoded(String sent, String parameter) {
    assertThat(routes.find("GET", "/events/" + sent).pathParameter()).isEqualTo(parameter);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%zz", "%", "%F", "%FF", "%C0%A0", "%ED%A0%80", "ü", "\uFFFD"})
  void undecodableParameter_keepsItsRouteAndIsNotGuessed(String sent) {
    assertThat(nameOf("POST", "/events/" + sent + "/replay")).isEqualTo("POST /events/{id}/replay");
    assertThat(routes.find("POST", "/events/" + sent + "/replay").pathParameter()).isEmpty();
  }

  @Test
  void names_areAllRoutes() {
    assertThat(routes.names())
        .containsExactly(
            "GET /events",
            "POST /events",
            "GET /events/{id}",
            "POST /events/{id}/replay",
            "GET /health");
  }

  @Test
  void unlimitedRoute_isMarked() {
    assertThat(routes.find("GET", "/health").route()).get().matches(route -> !route.isLimited());
    assertThat(routes.find("GET", "/events").route()).get().matches(Routes.Route::isLimited);
  }
}
