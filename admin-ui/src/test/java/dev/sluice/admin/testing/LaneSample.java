package dev.sluice.admin.testing;

/// Two ordered subscriptions, one of them with two blocked lanes and one lane whose head is
/// retried.
public final class LaneSample {

  private LaneSample() {}

  /// Makes the subscriptions `billing` and `audit` ordered.
  public static FakeService fill(FakeService service) {
    SubscriptionSample.fillCounted(service);
    String billing = ordered(SubscriptionSample.billing(), "billing", 2);
    service.on("GET /subscriptions/billing", Reply.json(billing).with("ETag", "\"17\""));
    service.on("GET /subscriptions", Reply.json(list(2)));
    service.on("GET /subscriptions/audit/lanes", Reply.json("[]"));
    service.on("GET /subscriptions/billing/lanes", LaneSample::lanes);
    service.on("POST /subscriptions/billing/lanes", Reply.json("{}"));
    return service;
  }

  /// Returns the list of subscriptions.
  ///
  /// @param blocked how many lanes of `billing` are blocked
  public static String list(int blocked) {
    return ordered(ordered(SubscriptionSample.counted(), "billing", blocked), "audit", 0);
  }

  private static String ordered(String json, String name, int blocked) {
    String head = "\"name\":\"" + name + "\",";
    return json.replace(
        head,
        head
            + "\"ordering\":{\"by\":\"key\",\"on_failure\":\"block\"},\"blocked_lanes\":"
            + blocked
            + ",");
  }

  private static Reply lanes(Request request) {
    String blocked =
        lane("account-7", "evt-41", 2, "DemoFailure", "the payload asked to fail")
            + ","
            + lane("account-12", "evt-58", 1_204, "HTTP 500", "the ledger is locked");
    String query = request.path().substring(request.path().indexOf('?') + 1);
    return switch (query) {
      case "key=account-7" ->
          Reply.json(
              "["
                  + lane("account-7", "evt-41", 2, "DemoFailure", "the payload asked to fail")
                      .replace(
                          "\"last_error\"",
                          "\"events_behind\":[\"evt-44\",\"evt-57\"],\"last_error\"")
                  + "]");
      case String key when key.startsWith("key=") ->
          Reply.problem(404, "not_found", "The subscription has no such lane.");
      case String all when all.startsWith("blocked=") -> Reply.json("[" + blocked + "]");
      default -> Reply.json("[" + blocked + "," + RETRIED + "]");
    };
  }

  private static final String RETRIED =
      """
      {"key":"account-3","blocked":false,"head":"evt-7","state":"retrying","attempts":2,"behind":1,
       "since":"2026-03-14T09:25:00Z","last_error":{"error":"HTTP 503","message":"busy"}}\
      """;

  private static String lane(String key, String head, int behind, String error, String message) {
    return """
    {"key":"%s","blocked":true,"head":"%s","state":"failed","attempts":4,"behind":%d,
     "since":"2026-03-14T09:12:00Z","last_error":{"error":"%s","message":"%s"}}\
    """
        .formatted(key, head, behind, error, message);
  }
}
