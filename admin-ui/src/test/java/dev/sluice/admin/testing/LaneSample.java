package dev.sluice.admin.testing;

/// An ordered subscription with two blocked lanes.
public final class LaneSample {

  private LaneSample() {}

  /// Makes the subscription `billing` ordered.
  public static FakeService fill(FakeService service) {
    SubscriptionSample.fill(service);
    String ordered =
        SubscriptionSample.billing()
            .replace(
                "\"timeout\":",
                "\"ordering\":{\"by\":\"key\",\"on_failure\":\"block\"},\"timeout\":");
    service.on("GET /subscriptions/billing", Reply.json(ordered).with("ETag", "\"17\""));
    service.on("GET /subscriptions/billing/lanes", Reply.json(lanes()));
    service.on("POST /subscriptions/billing/lanes", Reply.json("{}"));
    return service;
  }

  private static String lanes() {
    return "["
        + lane("account-7", "evt-41", 2, "DemoFailure", "the payload asked to fail")
        + ","
        + lane("account-12", "evt-58", 1_204, "HTTP 500", "the ledger is locked")
        + "]";
  }

  private static String lane(String key, String head, int behind, String error, String message) {
    return """
    {"key":"%s","blocked":true,"head":"%s","state":"failed","attempts":4,"behind":%d,
     "since":"2026-03-14T09:12:00Z","last_error":{"error":"%s","message":"%s"}}\
    """
        .formatted(key, head, behind, error, message);
  }
}
