package dev.sluice.adapter.http;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// Calls without a body whose responses must be described: operation, path, status, and code if it
/// is a problem.
final class DescribedCalls {

  private DescribedCalls() {}

  static Stream<Arguments> all() {
    return Stream.of(events(), operations(), subscriptions(), service()).flatMap(calls -> calls);
  }

  private static Stream<Arguments> subscriptions() {
    String secret = "POST /subscriptions/{id}/secret";
    return Stream.of(
        arguments(secret, "/subscriptions/unknown/secret", 404, "not_found"),
        arguments(secret, "/subscriptions/default/secret", 409, "state_conflict"),
        arguments(secret, "/subscriptions/default/secret?grace=1h", 400, "invalid_query"));
  }

  private static Stream<Arguments> events() {
    return Stream.of(
        arguments("GET /events", "/events", 200, ""),
        arguments("GET /events", "/events?limit=1&status=failed&status=completed", 200, ""),
        arguments("GET /events", "/events?state=failed", 400, "invalid_query"),
        arguments("GET /events", "/events?cursor=1", 400, "invalid_cursor"),
        arguments("GET /events", "/events?key=" + "x".repeat(20_000), 414, "uri_too_long"),
        arguments("GET /events/stream", "/events/stream?start=0", 400, "invalid_query"),
        arguments("GET /events/{id}", "/events/done", 200, ""),
        arguments("GET /events/{id}", "/events/dead", 200, ""),
        arguments("GET /events/{id}", "/events/tried", 200, ""),
        arguments("GET /events/{id}", "/events/unknown", 404, "not_found"),
        arguments("GET /events/{id}", "/events/done?colour=1", 400, "invalid_query"),
        arguments("GET /events/{id}", "/events/%FF", 400, "bad_request"),
        arguments("POST /events/{id}/replay", "/events/done/replay", 409, "state_conflict"),
        arguments("POST /events/{id}/replay", "/events/unknown/replay", 404, "not_found"),
        arguments("POST /events/{id}/cancel", "/events/dead/cancel", 409, "state_conflict"),
        arguments("POST /events/{id}/cancel", "/events/unknown/cancel", 404, "not_found"),
        arguments("POST /events/{id}/discard", "/events/done/discard", 409, "state_conflict"));
  }

  private static Stream<Arguments> operations() {
    return Stream.of(
        arguments("GET /dead-letters", "/dead-letters?limit=1", 200, ""),
        arguments("GET /dead-letters", "/dead-letters?status=failed", 400, "invalid_query"),
        arguments("POST /dead-letters/replay", "/dead-letters/replay", 400, "invalid_json"),
        arguments("GET /dead-letters/groups", "/dead-letters/groups", 200, ""),
        arguments("POST /bulk/plan", "/bulk/plan", 400, "invalid_json"),
        arguments("POST /bulk", "/bulk", 400, "invalid_json"),
        arguments("GET /bulk", "/bulk", 200, ""),
        arguments("GET /bulk/{id}", "/bulk/unknown", 404, "not_found"),
        arguments("DELETE /bulk/{id}", "/bulk/unknown", 404, "not_found"),
        arguments("GET /activity", "/activity?limit=5", 200, ""),
        arguments("GET /activity", "/activity?cursor=x", 400, "invalid_query"),
        arguments("GET /activity/verify", "/activity/verify", 200, ""));
  }

  private static Stream<Arguments> service() {
    return Stream.of(
        arguments("GET /stats", "/stats", 200, ""),
        arguments("GET /stats", "/stats?colour=1", 400, "invalid_query"),
        arguments("GET /meta", "/meta", 200, ""),
        arguments("GET /meta", "/meta?colour=1", 400, "invalid_query"),
        arguments("GET /keys", "/keys", 200, ""),
        arguments("POST /keys", "/keys", 400, "invalid_json"),
        arguments("DELETE /keys/{id}", "/keys/stranger", 404, "not_found"),
        arguments("GET /stats/due", "/stats/due", 200, ""),
        arguments("GET /stats/due", "/stats/due?x=1", 400, "invalid_query"),
        arguments("GET /stats/series", "/stats/series", 200, ""),
        arguments("GET /stats/series", "/stats/series?from=-7d&to=now&type=a.b", 200, ""),
        arguments("GET /stats/series", "/stats/series?subscription=default", 200, ""),
        arguments("GET /stats/series", "/stats/series?type=a&subscription=b", 400, "invalid_query"),
        arguments("GET /stats/series", "/stats/series?step=1", 400, "invalid_query"),
        arguments("GET /nodes", "/nodes", 200, ""),
        arguments("GET /nodes", "/nodes?colour=1", 400, "invalid_query"),
        arguments("GET /health", "/health", 200, ""),
        arguments("GET /healthz", "/healthz", 200, ""),
        arguments("GET /ready", "/ready", 200, ""),
        arguments("GET /metrics", "/metrics", 200, ""),
        arguments("GET /openapi.json", "/openapi.json", 200, ""),
        arguments("GET /observe/health", "/observe/health", 200, ""),
        arguments("GET /observe/health/live", "/observe/health/live", 200, ""),
        arguments("GET /observe/health/ready", "/observe/health/ready", 200, ""),
        arguments("GET /observe/health/started", "/observe/health/started", 200, ""));
  }
}
