package dev.sluice.admin.testing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Sample responses about a webhook subscription named `partner`, the same in every test.
public final class WebhookSample {

  /// The signing secret that the service makes.
  public static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final Instant NEWEST = Instant.parse("2026-03-14T09:29:59.120Z");
  private static final String PATH = "/subscriptions/partner";

  private WebhookSample() {}

  /// Adds the subscription to [SubscriptionSample].
  public static FakeService fill(FakeService service) {
    SubscriptionSample.fillCounted(service);
    service.on("GET " + PATH, Reply.json(partner(broken())).with("ETag", "\"4\""));
    service.on("GET " + PATH + "/versions", Reply.json("[" + definition() + "}]"));
    service.on("GET " + PATH + "/attempts", WebhookSample::attempts);
    service.on(
        "POST " + PATH + "/secret",
        Reply.json("{\"secret\":\"" + SECRET + "\",\"previous_until\":\"2026-03-15T09:30:00Z\"}"));
    service.on("POST " + PATH + "/test", WebhookSample::test);
    return service;
  }

  /// Returns the subscription with the state of its receiver.
  public static String partner(String receiver) {
    return definition() + ",\"paused\":null,\"receiver\":" + receiver + "}";
  }

  /// Returns the response to a change with which the service made a secret.
  public static String withSecret() {
    return definition() + ",\"paused\":null,\"secret\":\"" + SECRET + "\"}";
  }

  private static String definition() {
    return """
    {"name":"partner","version":4,"state":"active","origin":"api","changed_by":"ann",
     "changed_at":"2026-03-14T08:30:00Z","types":["order.*"],
     "destination":{"kind":"webhook","url":"https://partner.example/hooks/orders",
      "format":"template","template":{"text":"{{event_type}}","amount":12.50},
      "headers":{"X-Team":"billing","X-Env":"a: b"},
      "credentials":{"scheme":"basic","username":"sluice","realm":"r"},
      "permanent_statuses":[410,422],"proxy":{"n":1.50}},
     "retry":{"waits":["5s","5m","1h"],"max_age":"0s"},"timeout":"15s","concurrency":4\
    """;
  }

  /// Returns a receiver whose circuit breaker is open.
  public static String broken() {
    return """
    {"state":"broken","until":"2026-03-14T09:30:42Z","reason":"8 of the last 10 attempts failed",
     "concurrency":4,"in_flight":2,"recent":{"2xx":1120,"4xx":3,"5xx":8,"none":1},
     "latency_ms":{"p50":12.0,"p99":80.4}}\
    """;
  }

  /// Returns the attempts of the sample.
  public static Reply allAttempts() {
    return attempts(new Request("GET", PATH + "/attempts?limit=50", Map.of(), ""));
  }

  private static Reply attempts(Request request) {
    List<String> all =
        Stream.of(
                attempt(1_009, 1, "\"running\"", "", ""),
                attempt(998, 2, "\"failed\"", "\"status\":503,", "Service Unavailable"),
                attempt(987, 1, "\"succeeded\"", "\"status\":204,", ""),
                attempt(976, 3, "\"failed\"", "\"status\":422,", "amount must be positive"),
                attempt(965, 1, "\"timed_out\"", "", "no response"))
            .toList();
    return Reply.json(
        all.stream()
            .filter(attempt -> matches(attempt, request.path()))
            .collect(Collectors.joining(",", "[", "]")));
  }

  private static boolean matches(String attempt, String path) {
    return Map.of("2xx", ":204", "3xx", ":3", "4xx", ":422", "5xx", ":503").entrySet().stream()
            .filter(wanted -> path.contains("status=" + wanted.getKey()))
            .allMatch(wanted -> attempt.contains("\"status\"" + wanted.getValue()))
        && (!path.contains("status=none") || !attempt.contains("\"status\""));
  }

  /// Returns as many attempts as the service lists, with an outage of the receiver.
  public static Reply manyAttempts() {
    return Reply.json(
        IntStream.range(0, 200)
            .mapToObj(WebhookSample::oneOfMany)
            .collect(Collectors.joining(",", "[", "]")));
  }

  private static String oneOfMany(int place) {
    Instant start = NEWEST.minusSeconds(place < 120 ? 2 * place : 180 + 3 * place);
    int event = 1_200 - place;
    boolean isOutage = place > 30 && place < 90;
    if (isOutage && place % 4 != 0) {
      return place % 5 == 0
          ? attempt(start, event, 1, "\"timed_out\"", "", "no response")
          : attempt(start, event, 1, "\"failed\"", "\"status\":503,", "Service Unavailable");
    }
    return switch (place % 37) {
      case 7 -> attempt(start, event, 1, "\"failed\"", "\"status\":422,", "not a valid amount");
      case 21 -> attempt(start, event, 1, "\"failed\"", "\"status\":302,", "redirected");
      default -> attempt(start, event, 1, "\"succeeded\"", "\"status\":204,", "");
    };
  }

  private static String attempt(
      int event, int number, String outcome, String status, String failure) {
    return attempt(NEWEST.plusSeconds(event % 10 - 9), event, number, outcome, status, failure);
  }

  private static String attempt(
      Instant start, int event, int number, String outcome, String status, String failure) {
    boolean isRunning = outcome.contains("running");
    String error =
        failure.isEmpty()
            ? ""
            : ",\"error\":{\"error\":\"WebhookFailed\",\"message\":\"" + failure + "\"}";
    return """
    {"event_id":"order-%d","event_type":"order.paid","number":%d,"worker":"web-1-4711-ab12",
     "started_at":"%s","outcome":%s%s%s%s}\
    """
        .formatted(
            event,
            number,
            start,
            outcome,
            isRunning ? "" : ",\"ended_at\":\"" + start.plusMillis(42) + "\",\"duration_ms\":42",
            error,
            isRunning ? "" : ",\"response\":" + response(status));
  }

  /// Returns a response.
  ///
  /// @param status member with a comma; empty if the receiver sent nothing
  public static String response(String status) {
    String sent =
        status.isEmpty()
            ? ""
            : """
              "headers":{"content-type":"application/json","retry-after":"30"},
              "body":"{\\"error\\":\\"unavailable\\",\\"hint\\":\\"try again later, the","body_cut":true,\
              """;
    return """
    {"url":"https://partner.example/hooks/orders",%s%s
     "times_ms":{"resolve":0.4,"connect":1.2,"tls":8.6,"first_byte":40.1,"total":42.3}}\
    """
        .formatted(status, sent);
  }

  private static Reply test(Request request) {
    String sent =
        ",\"sent\":{\"outcome\":\"failed\",\"duration_ms\":42,\"permanent\":false,"
            + "\"error\":{\"error\":\"Status\",\"message\":\"503\"},\"response\":"
            + response("\"status\":503,")
            + "}}";
    return Reply.json(
        request.body().contains("\"send\":true")
            ? test().replaceFirst("}$", Matcher.quoteReplacement(sent))
            : test());
  }

  private static String test() {
    return """
    {"subscription":"partner","event_id":"order-1000","matches":true,
     "sentence":"The event matches.","delivery":{"kind":"webhook",
     "sentence":"POST https://partner.example/hooks/orders\\ncontent-type: application/json\\n\
    webhook-id: order-1000","output":"{\\"text\\":\\"order.paid\\"}"}}\
    """;
  }

  /// Adds responses to the attempts of an event in [Sample#detail].
  public static String withResponses(String detail) {
    return detail
        .replace(
            "\"duration_ms\":20,",
            "\"duration_ms\":20,\"response\":" + response("\"status\":503,") + ",")
        .replace(
            "\"duration_ms\":5000,", "\"duration_ms\":5000,\"response\":" + response("") + ",");
  }
}
