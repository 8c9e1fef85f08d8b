package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.access.ManageKeys.NewKey;
import dev.sluice.domain.access.Role;
import dev.sluice.domain.subscription.TypePattern;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Responses about keys match `openapi.json`, too.
final class OpenApiKeysTest {

  private static final String POST = "POST /events";
  private static final String JSON = "application/json";
  private static final DescribedApi API = DescribedApi.read();

  private static Answer isDescribed(String operation, Answer answer, int status, String code) {
    return API.requireDescribed(operation, answer, status, code);
  }

  @Test
  void keys_areAnsweredAsDescribed() {
    String make = "POST /keys";
    try (TestServer server = TestServer.start()) {
      String body =
          "{\"owner\":\"shop\",\"role\":\"producer\",\"types\":[\"order.*\"],"
              + "\"hide_payloads\":true,\"expires_at\":\"2999-01-01T00:00:00Z\"}";
      isDescribed(make, server.post("/keys", JSON, body), 201, "");
      Answer made = isDescribed(make, server.post("/keys", JSON, body), 201, "");
      isDescribed(make, server.post("/keys", JSON, body), 409, "too_many_keys");
      isDescribed(make, server.post("/keys", JSON, "{}"), 400, "invalid_key");
      isDescribed(make, server.post("/keys", "text/plain", "{}"), 415, "unsupported_media_type");

      Answer revoked = server.method("DELETE", "/keys/" + made.text("id"));
      assertThat(revoked.status()).isEqualTo(204);
      isDescribed("GET /keys", server.get("/keys"), 200, "");
    }
  }

  @Test
  void refusedCallers_areAnsweredAsDescribed() {
    try (TestServer locked = TestServer.start(Setup.USUAL.withSecurity(TestServer.LOCKED))) {
      locked.call(
          locked
              .request("/events", TestServer.ADMIN_KEY)
              .POST(BodyPublishers.ofString("{\"event_id\":\"done\",\"payload\":1}")));
      var types = List.of(new TypePattern("order.*"));
      var producer = new NewKey("shop", Role.PRODUCER, types, false, Optional.empty());
      String key = locked.key(producer);
      String viewer =
          locked.key(new NewKey("board", Role.VIEWER, List.of(), true, Optional.empty()));

      isDescribed("GET /meta", locked.call(locked.request("/meta", key)), 200, "");
      isDescribed("GET /events", locked.get("/events"), 401, "unauthorized");
      isDescribed("GET /metrics", locked.get("/metrics"), 401, "unauthorized");
      isDescribed("GET /keys", locked.call(locked.request("/keys", key)), 403, "forbidden");
      isDescribed("GET /events", locked.call(locked.request("/events", viewer)), 200, "");
      isDescribed("GET /events/{id}", locked.call(locked.request("/events/done", viewer)), 200, "");
      isDescribed(
          POST, locked.call(sending(locked, key, "{\"payload\":1}")), 403, "type_not_allowed");
      isDescribed(
          POST, locked.call(sending(locked, key, "[{\"payload\":1}]")), 400, "invalid_batch");
    }
  }

  private static HttpRequest.Builder sending(TestServer server, String key, String body) {
    return server.request("/events", key).POST(BodyPublishers.ofString(body));
  }
}
