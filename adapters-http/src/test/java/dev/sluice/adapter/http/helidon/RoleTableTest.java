package dev.sluice.adapter.http.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.http.Answer;
import dev.sluice.adapter.http.Setup;
import dev.sluice.adapter.http.TestServer;
import dev.sluice.domain.access.Role;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Calls every route without a key and with a key of every role. A new route must be added here.
final class RoleTableTest {

  private static final Set<Role> PRODUCERS = EnumSet.of(Role.PRODUCER, Role.OPERATOR, Role.ADMIN);
  private static final Set<Role> VIEWERS = EnumSet.of(Role.VIEWER, Role.OPERATOR, Role.ADMIN);
  private static final Set<Role> OPERATORS = EnumSet.of(Role.OPERATOR, Role.ADMIN);
  private static final Set<Role> ADMINS = EnumSet.of(Role.ADMIN);
  private static final Set<Role> ANY_KEY = EnumSet.allOf(Role.class);

  /// Open routes: with or without a key.
  private static final Set<Role> OPEN = Set.of();

  private static final Map<String, Set<Role>> TABLE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("POST /events", PRODUCERS),
              Map.entry("GET /events", VIEWERS),
              Map.entry("GET /events/{id}", VIEWERS),
              Map.entry("PATCH /events/{id}", OPERATORS),
              Map.entry("POST /events/{id}/replay", OPERATORS),
              Map.entry("POST /events/{id}/cancel", OPERATORS),
              Map.entry("GET /dead-letters", VIEWERS),
              Map.entry("POST /dead-letters/replay", OPERATORS),
              Map.entry("POST /events/{id}/discard", OPERATORS),
              Map.entry("GET /dead-letters/groups", VIEWERS),
              Map.entry("POST /bulk/plan", OPERATORS),
              Map.entry("POST /bulk", OPERATORS),
              Map.entry("GET /bulk", VIEWERS),
              Map.entry("GET /bulk/{id}", VIEWERS),
              Map.entry("DELETE /bulk/{id}", OPERATORS),
              Map.entry("GET /activity", VIEWERS),
              Map.entry("GET /activity/verify", VIEWERS),
              Map.entry("GET /events/stream", VIEWERS),
              Map.entry("GET /events/{id}/explain", VIEWERS),
              Map.entry("GET /subscriptions", VIEWERS),
              Map.entry("GET /subscriptions/{id}", VIEWERS),
              Map.entry("GET /subscriptions/{id}/versions", VIEWERS),
              Map.entry("GET /subscriptions/{id}/attempts", VIEWERS),
              Map.entry("GET /subscriptions/{id}/lanes", VIEWERS),
              Map.entry("POST /subscriptions/{id}/lanes", OPERATORS),
              Map.entry("POST /subscriptions/{id}/test", VIEWERS),
              Map.entry("POST /subscriptions/{id}/backfill", OPERATORS),
              Map.entry("PUT /subscriptions/{id}", ADMINS),
              Map.entry("PATCH /subscriptions/{id}", ADMINS),
              Map.entry("DELETE /subscriptions/{id}", ADMINS),
              Map.entry("POST /subscriptions/{id}/secret", ADMINS),
              Map.entry("POST /subscriptions/{id}/pause", OPERATORS),
              Map.entry("POST /subscriptions/{id}/resume", OPERATORS),
              Map.entry("GET /schedules", VIEWERS),
              Map.entry("GET /schedules/{id}", VIEWERS),
              Map.entry("PUT /schedules/{id}", ADMINS),
              Map.entry("DELETE /schedules/{id}", ADMINS),
              Map.entry("GET /processing", VIEWERS),
              Map.entry("POST /processing/pause", OPERATORS),
              Map.entry("POST /processing/resume", OPERATORS),
              Map.entry("GET /stats", VIEWERS),
              Map.entry("GET /stats/due", VIEWERS),
              Map.entry("GET /stats/series", VIEWERS),
              Map.entry("GET /nodes", VIEWERS),
              Map.entry("GET /meta", ANY_KEY),
              Map.entry("GET /keys", ADMINS),
              Map.entry("POST /keys", ADMINS),
              Map.entry("DELETE /keys/{id}", ADMINS),
              Map.entry("GET /health", OPEN),
              Map.entry("GET /healthz", OPEN),
              Map.entry("GET /ready", OPEN),
              Map.entry("GET /metrics", VIEWERS),
              Map.entry("GET /openapi.json", OPEN)));

  private static final TestServer SERVER =
      TestServer.start(Setup.USUAL.withSecurity(TestServer.LOCKED));
  private static final Map<Role, String> KEYS = keys();

  private static Map<Role, String> keys() {
    var keys = new EnumMap<Role, String>(Role.class);
    for (Role role : Role.values()) {
      keys.put(role, SERVER.key(role));
    }
    return keys;
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  private static HttpRequest.Builder request(String route) {
    int space = route.indexOf(' ');
    return SERVER
        .request(pathOf(route.substring(space + 1)))
        .header("Content-Type", "application/json")
        .method(route.substring(0, space), BodyPublishers.ofString("{}"));
  }

  /// Returns a path to call. The stream gets an invalid query, because it would not end by itself.
  private static String pathOf(String path) {
    return path.equals("/events/stream") ? path + "?start=0" : path.replace("{id}", "none");
  }

  private static Answer call(String route, Role role) {
    return SERVER.call(request(route).header("Authorization", "Bearer " + KEYS.get(role)));
  }

  @Test
  void table_hasEveryRoute() {
    assertThat(SERVER.http().routeNames(SERVER.application()))
        .containsExactlyInAnyOrderElementsOf(TABLE.keySet());
  }

  @Test
  void eachRole_getsWhatIsItsOwnAndNoMore() {
    TABLE.forEach(
        (route, allowed) -> {
          for (Role role : Role.values()) {
            Answer answer = call(route, role);
            if (allowed.isEmpty() || allowed.contains(role)) {
              assertThat(answer.status()).as(route + " as " + role).isNotIn(401, 403, 500);
            } else {
              answer.isProblem(403, "forbidden");
              assertThat(allowed).as(route).contains(neededBy(answer));
            }
          }
        });
  }

  private static Role neededBy(Answer answer) {
    return Role.named(answer.text("required_role")).orElseThrow();
  }

  @Test
  void withoutKey_onlyOpenRoutesAnswer() {
    TABLE.forEach(
        (route, allowed) -> {
          Answer answer = SERVER.call(request(route));
          if (allowed.isEmpty()) {
            assertThat(answer.status()).as(route).isEqualTo(200);
          } else {
            answer.isProblem(401, "unauthorized");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"sluice\"");
          }
        });
  }

  @Test
  void probesAndUnknownPaths_needNoKey() {
    assertThat(SERVER.get("/observe/health/live").status()).isEqualTo(200);
    SERVER.get("/nowhere").isProblem(404, "not_found");
    SERVER.method("PUT", "/events").isProblem(405, "method_not_allowed");
    assertThat(SERVER.method("OPTIONS", "/events").status()).isEqualTo(204);
  }

  @Test
  void head_needsWhatGetNeeds() {
    assertThat(SERVER.method("HEAD", "/events").status()).isEqualTo(401);
    var request =
        SERVER
            .request("/events", String.valueOf(KEYS.get(Role.PRODUCER)))
            .method("HEAD", BodyPublishers.noBody());
    assertThat(SERVER.call(request).status()).isEqualTo(403);
  }
}
