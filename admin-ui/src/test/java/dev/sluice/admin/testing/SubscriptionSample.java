package dev.sluice.admin.testing;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Sample responses of a service with several subscriptions, the same in every test.
public final class SubscriptionSample {

  private static final String IN_FORCE =
      """
      ,"patterns":["*"],"handler":"log","max_retries":5,"retry_base_ms":1000,
      "retry_cap_ms":300000\
      """;

  private static final String PAUSE =
      """
      {"reason":"the carrier is being moved","by":"ann","at":"2026-03-14T09:00:00Z","until":null}\
      """;

  private SubscriptionSample() {}

  /// Replaces the sample of one built-in subscription.
  public static FakeService fill(FakeService service) {
    service.on("GET /subscriptions", Reply.json(list()));
    service.on("GET /subscriptions/*", request -> one(request.bare()));
    service.on("GET /subscriptions/billing", Reply.json(billing()).with("ETag", "\"17\""));
    service.on("GET /subscriptions/billing/versions", Reply.json(versions()));
    service.on("POST /subscriptions/*", Reply.json(match()));
    service.on("GET /stats", Reply.json(stats(0)));
    service.on("GET /stats/series", request -> Reply.json(series(request.path())));
    service.on("GET /dead-letters/groups", Reply.json(groups()));
    return service;
  }

  /// Also has counts and rates, which an earlier service does not report.
  public static FakeService fillCounted(FakeService service) {
    fill(service);
    service.on("GET /subscriptions", Reply.json(counted()));
    service.on("GET /subscriptions/billing", Reply.json(counted(billing())).with("ETag", "\"17\""));
    service.on(
        "GET /subscriptions/shipping", Reply.json(counted(shipping())).with("ETag", "\"9\""));
    return service;
  }

  /// Returns the list with counts and rates.
  static String counted() {
    return counted(list());
  }

  private static String counted(String json) {
    return json.replace("\"name\":\"audit\"", "\"name\":\"audit\"" + counts(12, 0.412, 400, 0))
        .replace(
            "\"name\":\"billing\"",
            "\"name\":\"billing\""
                + counts(10_000, 754.2, 118.4, 1.6)
                    .replace("\"failed\":7}", "\"failed\":7,\"at_least\":[\"received\"]}"))
        .replace("\"name\":\"mail\"", "\"name\":\"mail\"" + counts(3, 0, 0, 0))
        .replace("\"name\":\"shipping\"", "\"name\":\"shipping\"" + counts(1_204, 1_796, 0, 0));
  }

  private static String counts(int waiting, double oldest, double completed, double failed) {
    String success = completed == 0 ? "" : ",\"success\":" + (failed == 0 ? "1.0" : "0.9866");
    return """
    ,"deliveries":{"received":%d,"retrying":3,"processing":4,"failed":7},
    "oldest_waiting_seconds":%s,"rates_per_second":{"1m":{"accepted":1.0,"completed":%s,
    "failed":%s,"retried":0.05}}%s\
    """
        .formatted(waiting - 3, oldest, completed, failed, success);
  }

  private static Reply one(String path) {
    String name = path.substring("/subscriptions/".length()).replace("/versions", "");
    String json =
        switch (name) {
          case "mail" -> mail();
          case "audit" -> audit();
          case "shipping" -> shipping();
          case "default" -> builtIn();
          default -> "";
        };
    if (json.isEmpty()) {
      return Reply.problem(404, "not_found", "There is no subscription named " + name);
    }
    return path.endsWith("/versions")
        ? Reply.json("[" + json + "]")
        : Reply.json(json).with("ETag", "\"9\"");
  }

  private static String list() {
    return "[" + String.join(",", audit(), billing(), mail(), shipping(), warehouse()) + "]";
  }

  /// Returns the head of a subscription, without its closing brace.
  private static String head(String name, int version, String origin, String types) {
    return """
    {"name":"%s","version":%d,"state":"active","origin":"%s","changed_by":"ann",
     "changed_at":"2026-03-14T08:30:00Z","types":%s,\
    """
        .formatted(name, version, origin, types);
  }

  /// Returns a subscription with every member, at version 17.
  public static String billing() {
    return billing(17, "[\"order.*\",\"invoice.paid\"]", 10) + IN_FORCE + ",\"paused\":null}";
  }

  /// Returns one version of it, without its closing brace.
  public static String billing(int version, String types, int retries) {
    return head("billing", version, "api", types)
        + "\"description\":\"Invoices for paid orders\","
        + policy(retries);
  }

  private static String policy(int retries) {
    return """
    "filter":{"payload":{"amount":[{"numeric":[">",12.50]}],"country":["DE","AT"]}},
    "destination":{"kind":"log"},
    "retry":{"max_retries":%d,"base":"1s","factor":2,"cap":"1h","max_age":"3d"},
    "timeout":"15s","concurrency":20,"rate":{"per_second":50,"burst":100}\
    """
        .formatted(retries);
  }

  private static String versions() {
    return "["
        + billing(17, "[\"order.*\",\"invoice.paid\"]", 10)
        + "},"
        + billing(12, "[\"order.*\"]", 5)
        + "},"
        + head("billing", 4, "api", "[\"order.paid\"]").replace("\"ann\"", "\"bob\"")
        + "\"destination\":{\"kind\":\"demo\"}}]";
  }

  private static String simple(String name, int version, String origin, String types) {
    return head(name, version, origin, types)
        + "\"destination\":{\"kind\":\"log\"}"
        + IN_FORCE
        + ",\"paused\":null}";
  }

  private static String audit() {
    return simple("audit", 3, "file", "[\"*\"]");
  }

  private static String mail() {
    return simple("mail", 9, "api", "[\"user.signed_up\",\"invoice.sent\"]");
  }

  private static String shipping() {
    return simple("shipping", 11, "api", "[\"order.paid\"]")
        .replace("\"paused\":null", "\"paused\":" + PAUSE);
  }

  private static String warehouse() {
    return simple("warehouse", 16, "api", "[\"stock.*\"]")
        .replace("\"state\":\"active\"", "\"state\":\"finishing\"");
  }

  /// Returns the subscription of a service that has no other.
  public static String builtIn() {
    return """
    {"name":"default","version":0,"state":"active","origin":"built_in","types":["*"],
     "destination":{"kind":"demo"}\
    """
        + IN_FORCE
        + ",\"paused\":null}";
  }

  /// Returns `count` subscriptions from a number on, with names in order.
  public static String many(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(number -> simple("sub-%05d".formatted(number), 1, "api", "[\"order.*\"]"))
        .collect(Collectors.joining(",", "[", "]"));
  }

  /// Returns a response of `/stats` a number of seconds after the first.
  public static String stats(int seconds) {
    String all =
        """
        "subscriptions":{
          "audit":{"accepted":1,"completed":%d,"failed":0,"retried":0},
          "billing":{"accepted":1,"completed":%d,"failed":812,"retried":3000},
          "mail":{"accepted":1,"completed":%d,"failed":1,"retried":20},
          "shipping":{"accepted":1,"completed":8100,"failed":100,"retried":70}},\
        """
            .formatted(98_000 + 400 * seconds, 50_000 + 120 * seconds, 9_000 + seconds / 2);
    return Sample.stats().replaceFirst("\"subscriptions\":\\{.*?}},", all);
  }

  /// Lets another user store version 18 of billing, with other types and another timeout.
  public static void othersChange(FakeService service) {
    String newer = billing(18, "[\"stock.*\"]", 10).replace("\"15s\"", "\"30s\"");
    service.on("PUT /subscriptions/billing", Reply.problem(412, "precondition_failed", "no"));
    service.on("GET /subscriptions/billing", Reply.json(newer + "}").with("ETag", "\"18\""));
    service.on("GET /subscriptions/billing/versions", Reply.json("[" + newer + "}]"));
  }

  /// Returns the refusal to delete a subscription with unfinished deliveries.
  public static Reply hasDeliveries() {
    return new Reply(
        409,
        Map.of("Content-Type", "application/problem+json"),
        """
        {"title":"t","status":409,"detail":"it has unfinished deliveries (1204)",
         "code":"has_deliveries","deliveries":"1204"}\
        """,
        false,
        false);
  }

  /// Returns the plan of a back-fill of billing.
  public static String backfillPlan(long count, long qualifying) {
    return """
    {"token":"plan_5ba1","action":"backfill","filter":{},
     "backfill":{"subscription":"billing"},"count":%d,"qualifying":%d,"estimate_seconds":2,
     "planned_at":"2026-03-14T09:30:00Z","expires_at":"2026-03-14T09:45:00Z","sample":[
      {"event_id":"order-1002","event_type":"order.paid","status":"unrouted","attempts":0,
       "received_at":"2026-03-14T09:26:54Z"},
      {"event_id":"order-998","event_type":"invoice.paid","status":"completed","attempts":1,
       "received_at":"2026-03-14T09:26:52Z"}]}\
    """
        .formatted(count, qualifying);
  }

  /// Returns the refusal to plan a back-fill with two mistakes in its filter.
  public static Reply refusedFilter() {
    return new Reply(
        400,
        Map.of("Content-Type", "application/problem+json"),
        """
        {"title":"t","status":400,"detail":"The filter is not valid.","code":"invalid_filter",
         "errors":[{"pointer":"/filter/payload/a","detail":"must be a list"},
          {"pointer":"/filter","detail":"must not be empty"}]}\
        """,
        false,
        false);
  }

  /// Returns a response of `/stats/series` about one subscription.
  private static String series(String path) {
    return Sample.series(path, path.contains("subscription=billing") ? 0.3 : 0)
        .replaceAll("(?s),\"backlog\":.*?\"accept_to_done\":\\{[^}]*}", "")
        .replace("\"points\"", "\"among_others\":false,\"points\"");
  }

  /// Returns a response of `/stats/series` about a subscription that nodes count among others.
  public static String seriesAmongOthers() {
    return """
    {"from":"2026-03-14T09:29:50Z","to":"2026-03-14T09:30:00Z","step_seconds":10,
     "among_others":true,"points":[{"at":"2026-03-14T09:29:50Z","accepted":null,
     "completed":null,"failed":null,"retried":null}]}\
    """;
  }

  /// Returns the result of a test that matches.
  public static String match() {
    return """
    {"subscription":"billing","event_id":"order-1000","matches":true,
     "sentence":"The event matches.","delivery":{"kind":"log",
     "sentence":"Writes this line to the standard output of the node that processes the delivery.",
     "output":"{\\"subscription\\":\\"billing\\",\\"attempt\\":1,\\"event_id\\":\\"order-1000\\"}"}}\
    """;
  }

  /// Returns the result of a test that fails at this place of the definition.
  public static String mismatch(String pointer, String sentence) {
    return """
    {"subscription":"billing","event_id":"order-1000","matches":false,"sentence":"%s",
     "mismatch":{"reason":"condition","pointer":"%s"}}\
    """
        .formatted(sentence, pointer);
  }

  private static String groups() {
    return Sample.groups()
        .replaceFirst("\"subscription\":\"default\"", "\"subscription\":\"billing\"")
        .replaceFirst("\"subscription\":\"default\"", "\"subscription\":\"shipping\"")
        .replaceFirst("\"subscription\":\"default\"", "\"subscription\":\"billing\"");
  }
}
