package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.access.Role;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Who may see, pause and edit subscriptions.
final class SubscriptionRolesTest {

  private static final TestServer SERVER =
      TestServer.start(Setup.USUAL.withSecurity(TestServer.LOCKED));
  private static final DescribedApi API = DescribedApi.read();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  private static Answer call(String key, String method, String path, String body) {
    return SERVER.call(
        SERVER
            .request(path, key)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body)));
  }

  @Test
  void admins_edit() {
    Answer made =
        call(TestServer.ADMIN_KEY, "PUT", "/subscriptions/mine", SubscriptionCalls.ANY)
            .hasStatus(201);

    assertThat(made.text("changed_by")).isEqualTo("configuration");
  }

  @Test
  void operators_pauseAndDoNotEdit() {
    String key = SERVER.key(Role.OPERATOR);
    call(TestServer.ADMIN_KEY, "PUT", "/subscriptions/theirs", SubscriptionCalls.ANY);

    for (String method : new String[] {"PUT", "PATCH", "DELETE"}) {
      Answer refused = call(key, method, "/subscriptions/theirs", SubscriptionCalls.ANY);

      API.requireDescribed(method + " /subscriptions/{id}", refused, 403, "forbidden");
      assertThat(refused.text("required_role")).isEqualTo("admin");
    }
    call(key, "POST", "/subscriptions/theirs/pause", "{\"reason\":\"x\"}").hasStatus(200);
    call(key, "POST", "/subscriptions/theirs/resume", "").hasStatus(200);
  }

  @Test
  void viewers_onlyRead() {
    String key = SERVER.key(Role.VIEWER);

    call(key, "GET", "/subscriptions", "").hasStatus(200);
    call(key, "GET", "/subscriptions/default", "").hasStatus(200);
    call(key, "GET", "/subscriptions/default/versions", "").hasStatus(200);
    call(key, "GET", "/subscriptions/default/attempts", "").hasStatus(200);
    call(key, "POST", "/subscriptions/default/pause", "{\"reason\":\"x\"}").hasStatus(403);
    call(key, "PUT", "/subscriptions/default", SubscriptionCalls.ANY).hasStatus(403);
  }
}
