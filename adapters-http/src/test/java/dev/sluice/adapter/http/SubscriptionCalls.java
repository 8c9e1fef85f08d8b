package dev.sluice.adapter.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.contract.Eventually;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;

/// Calls about subscriptions; each response matches its description.
///
/// @param server called without a key
record SubscriptionCalls(TestServer server) {

  static final String ANY = "{\"types\":[\"*\"],\"destination\":{\"kind\":\"demo\"}}";
  private static final DescribedApi API = DescribedApi.read();

  /// Returns a definition of events of this type.
  static String eventsOf(String type) {
    return ANY.replace("*", type);
  }

  /// Returns a subscription without counts and rates, which only answers to GET have.
  static JsonNode withoutFigures(JsonNode subscription) {
    return ((ObjectNode) subscription)
        .deepCopy()
        .without(List.of("deliveries", "oldest_waiting_seconds", "rates_per_second", "success"));
  }

  /// @param headers names and values
  Answer put(String name, String body, String... headers) {
    return call("PUT", name, "", "application/json", body, headers);
  }

  /// @param headers names and values
  Answer patch(String name, String body, String... headers) {
    return call("PATCH", name, "", "application/merge-patch+json", body, headers);
  }

  /// @param query begins with a question mark, or is empty
  /// @param headers names and values
  Answer delete(String name, String query, String... headers) {
    return call("DELETE", name, query, "application/json", "", headers);
  }

  Answer get(String name) {
    return described("GET", server.get("/subscriptions/" + name));
  }

  JsonNode versions(String name) {
    Answer answer = server.get("/subscriptions/" + name + "/versions").hasStatus(200);
    return API.requireDescribed("GET /subscriptions/{id}/versions", answer, 200, "").json();
  }

  Answer call(
      String method, String name, String query, String type, String body, String... headers) {
    var request =
        server
            .request("/subscriptions/" + name + query)
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return described(method, server.call(request));
  }

  private static Answer described(String method, Answer answer) {
    return API.requireDescribed(method + " /subscriptions/{id}", answer, answer.status(), "");
  }

  /// Deletes a subscription, and waits until it is gone.
  void remove(String name) {
    delete(name, "?deliveries=cancel").hasStatus(200);
    Eventually.holds(name + " is gone", () -> server.get("/subscriptions/" + name).status() == 404);
  }

  /// Sends an event, and returns it as it is stored.
  JsonNode send(String id, String type, String payload) {
    server
        .post("{\"event_id\":\"%s\",\"type\":\"%s\",\"payload\":%s}".formatted(id, type, payload))
        .hasStatus(202);
    return server.get("/events/" + id).hasStatus(200).json();
  }
}
