package dev.sluice.admin.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Sample responses of a busy service, the same in every test.
public final class Sample {

  private static final List<String> TYPES =
      List.of("order.paid", "order.created", "invoice.sent", "user.signed_up", "payment.refunded");

  /// Fingerprint of the largest error group.
  public static final String GROUP = "9f86d081884c7d65";

  private Sample() {}

  static void fill(FakeService service) {
    service.on("GET /meta", Reply.json(meta("dev", "admin")));
    service.on("GET /stats", Reply.json(stats()));
    service.on("GET /stats/series", request -> Reply.json(series(request.path(), 1)));
    service.on("GET /nodes", Reply.json(nodes()));
    service.on("GET /events", request -> events(request, 1_000));
    service.on("GET /events/*", request -> eventOrExplanation(request));
    service.on("GET /dead-letters/groups", Reply.json(groups()));
    service.on("GET /subscriptions", Reply.json("[" + subscription("null") + "]"));
    service.on("GET /processing", Reply.json("{\"paused\":null,\"slots\":128,\"in_flight\":41}"));
    service.on("GET /bulk", Reply.json("[" + job("finished", 1203, 1187, 16, 0) + "]"));
    service.on("GET /activity", Reply.json(activity()));
  }

  /// Returns a response of `/meta`.
  public static String meta(String environment, String role) {
    return """
    {"version":"0.1.0","storage":"postgres","durability":"committed","environment":"%s",
     "features":["activity","backfill","batches","bulk","cloudevents","dead_letters","error_groups","explain",
      "keys","lists_without_payloads","ndjson","nodes","pause","series","stats","stream",
      "scheduling","subscription_series","subscription_test"],
     "role":"%s","owner":"ann","key_id":"k3v9","hides_payloads":false,"auth":"keys",
     "server_time":"%s"}\
    """
        .formatted(environment, role, ManualTimer.START);
  }

  /// Returns a response of `/stats`.
  public static String stats() {
    return """
    {"as_of":"%s","nodes":2,
     "events":{"unrouted":0,"received":182,"processing":41,"retrying":37,"completed":98211,
      "failed":1203,"cancelled":12},
     "backlog":{"total":260,"received":182,"processing":41,"retrying":37},
     "oldest_waiting_seconds":1.4,"in_flight":41,"worker_slots":128,
     "since":"2026-03-14T07:00:00Z",
     "totals":{"accepted":99686,"completed":98211,"failed":1203,"retried":5310},
     "by_type":{"order.paid":{"accepted":51000,"completed":50100,"failed":812,"retried":3000},
      "order.created":{"accepted":30000,"completed":29800,"failed":120,"retried":900},
      "invoice.sent":{"accepted":9000,"completed":8800,"failed":200,"retried":900},
      "user.signed_up":{"accepted":6000,"completed":6000,"failed":0,"retried":10},
      "payment.refunded":{"accepted":3686,"completed":3511,"failed":71,"retried":500}},
     "subscriptions":{"default":{"accepted":99686,"completed":98211,"failed":1203,"retried":5310}},
     "rates_per_second":{
      "10s":{"accepted":412.3,"completed":405.1,"failed":3.2,"retried":21.4},
      "1m":{"accepted":400,"completed":398,"failed":3,"retried":20},
      "5m":{"accepted":390,"completed":391,"failed":2.8,"retried":19}},
     "latency_seconds":{
      "accept":{"p50":0.0011,"p95":0.0034,"p99":0.0082},
      "handler":{"p50":0.0150,"p95":0.0420,"p99":0.0910},
      "accept_to_done":{"p50":0.0190,"p95":0.0610,"p99":0.7400}}}\
    """
        .formatted(ManualTimer.START);
  }

  /// Returns a response of `/stats` from a service that has received no event yet.
  public static String emptyStats() {
    return """
    {"as_of":"%s","nodes":1,
     "events":{"unrouted":0,"received":0,"processing":0,"retrying":0,"completed":0,"failed":0,
      "cancelled":0},
     "backlog":{"total":0,"received":0,"processing":0,"retrying":0},
     "oldest_waiting_seconds":0,"in_flight":0,"worker_slots":64,"since":"2026-03-14T09:29:00Z",
     "totals":{"accepted":0,"completed":0,"failed":0,"retried":0},"by_type":{},"subscriptions":{},
     "rates_per_second":{"10s":{"accepted":0,"completed":0,"failed":0,"retried":0}},
     "latency_seconds":{"accept":null,"handler":null,"accept_to_done":null}}\
    """
        .formatted(ManualTimer.START);
  }

  /// Returns a response of `/stats/series` with a gap in its points.
  ///
  /// @param share by which the rates of the whole service are multiplied
  static String series(String path, double share) {
    boolean week = path.contains("from=-7d");
    int step = week ? 2_400 : path.contains("-24h") ? 300 : path.contains("-1h") ? 20 : 10;
    int count = path.contains("-5m") ? 30 : path.contains("-1h") ? 180 : week ? 252 : 288;
    Instant from = ManualTimer.START.minusSeconds((long) step * count);
    String points =
        IntStream.range(0, count)
            .mapToObj(place -> point(from.plusSeconds((long) step * place), place, count, share))
            .collect(Collectors.joining(","));
    return "{\"from\":\"%s\",\"to\":\"%s\",\"step_seconds\":%d,\"points\":[%s]}"
        .formatted(from, ManualTimer.START, step, points);
  }

  private static String point(Instant at, int place, int count, double share) {
    if (place > count / 3 && place < count / 3 + 4) {
      return "{\"at\":\"%s\",\"accepted\":null,\"completed\":null,\"failed\":null,\"retried\":null}"
          .formatted(at);
    }
    double wave = Math.sin(place / 4.0);
    return String.format(
        Locale.ROOT,
        """
        {"at":"%s","accepted":%.1f,"completed":%.1f,"failed":%.1f,"retried":%.1f,"backlog":200,
         "oldest_waiting_seconds":1,"accept_time":{"p50":0.001,"p95":0.003,"p99":0.008},
         "handler_time":{"p50":0.015,"p95":0.042,"p99":0.091},
         "accept_to_done":{"p50":%.4f,"p95":%.4f,"p99":%.4f}}\
        """,
        at,
        share * (400 + 60 * wave),
        share * (395 + 55 * wave),
        share * (place > count * 3 / 4 ? 12 + 4 * wave : 2 + wave),
        share * (20 + 8 * wave),
        0.019 + 0.004 * wave,
        0.061 + 0.02 * wave,
        0.3 + 0.12 * wave);
  }

  private static String nodes() {
    return """
    {"as_of":"%1$s","nodes":[
     {"id":"web-1-4711-ab12","this":true,"state":"active","version":"0.1.0",
      "started_at":"2026-03-14T07:00:00Z","last_seen":"%1$s","in_flight":22,"slots":64,
      "storage":"postgres","durability":"committed"},
     {"id":"web-2-4712-cd34","this":false,"state":"active","version":"0.1.0",
      "started_at":"2026-03-14T07:10:00Z","last_seen":"2026-03-14T09:29:58Z","in_flight":19,
      "slots":64,"storage":"postgres","durability":"committed"},
     {"id":"web-3-4713-ef56","this":false,"state":"silent","version":"0.1.0",
      "started_at":"2026-03-14T07:12:00Z","last_seen":"2026-03-14T09:22:10Z","in_flight":0,
      "slots":64,"storage":"postgres","durability":"committed"}]}\
    """
        .formatted(ManualTimer.START);
  }

  /// Returns a page of `stored` events, newest first.
  public static Reply events(Request request, int stored) {
    int limit = Integer.parseInt(parameter(request, "limit", "100"));
    int from = Integer.parseInt(parameter(request, "cursor", "0"));
    boolean failed = request.path().contains("status=failed");
    int to = Math.min(stored, from + limit);
    String items =
        IntStream.range(from, to)
            .mapToObj(place -> event(stored - place, failed))
            .collect(Collectors.joining(","));
    Reply reply = Reply.json("[" + items + "]");
    String link = "</events?limit=" + limit + "&cursor=" + to + ">; rel=\"next\"";
    return to < stored ? reply.with("Link", link) : reply;
  }

  private static String parameter(Request request, String name, String otherwise) {
    String query = request.path().substring(request.path().indexOf('?') + 1);
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return pair.substring(name.length() + 1);
      }
    }
    return otherwise;
  }

  /// Returns an event of a list; its number determines its type, status and key.
  public static String event(int number, boolean failed) {
    Instant received = ManualTimer.START.minus(Duration.ofMillis(900L * (1_000 - number) + 400));
    String status = failed ? "failed" : status(number);
    return """
    {"event_id":"order-%d","event_type":"%s","occurred_at":"%s","received_at":"%s",
     "status":"%s","attempts":%d,"key":"customer-%d","source":"shop"%s}\
    """
        .formatted(
            number,
            TYPES.get(number % TYPES.size()),
            received,
            received,
            status,
            attempts(status),
            number % 40,
            more(status, received));
  }

  private static String status(int number) {
    return switch (number % 17) {
      case 0 -> "failed";
      case 5 -> "retrying";
      case 7 -> number > 990 ? "processing" : "completed";
      case 9 -> number > 985 ? "received" : "completed";
      case 13 -> number % 2 == 0 ? "cancelled" : "completed";
      default -> "completed";
    };
  }

  private static int attempts(String status) {
    return switch (status) {
      case "failed" -> 6;
      case "retrying" -> 2;
      case "received" -> 0;
      default -> 1;
    };
  }

  private static String more(String status, Instant received) {
    return switch (status) {
      case "completed" -> ",\"completed_at\":\"" + received.plusMillis(23) + "\"";
      case "failed" ->
          ",\"last_error\":{\"error\":\"NotFound\",\"message\":\"order 4711 not found\"}";
      case "retrying" ->
          ",\"next_attempt_at\":\""
              + ManualTimer.START.plusSeconds(3)
              + "\",\"last_error\":{\"error\":\"Timeout\",\"message\":\"no answer within 5 s\"}";
      default -> "";
    };
  }

  private static Reply eventOrExplanation(Request request) {
    String rest = request.bare().substring("/events/".length());
    return rest.endsWith("/explain")
        ? Reply.json(explanation(rest.substring(0, rest.length() - "/explain".length())))
        : Reply.json(detail(rest, "failed"));
  }

  private static String explanation(String id) {
    return """
    {"event_id":"%s","status":"failed","sentence":"Dead letter since 2026-03-14T09:26:12Z, after 3 \
    attempts, the last with NotFound: order 4711 not found; fix the cause, then replay \
    it.","deliveries":[]}\
    """
        .formatted(id);
  }

  /// Returns an event with three failed attempts and a status.
  public static String detail(String id, String status) {
    return """
    {"event_id":"%s","event_type":"order.paid","occurred_at":"2026-03-14T09:25:00Z",
     "received_at":"2026-03-14T09:25:00.120Z","status":"%s","attempts":3,
     "payload":{"order_id":4711,"amount":12.50,"paid":true,"note":null,
      "customer":{"name":"Ann","tags":["new","vip"]}},
     "source":"shop","key":"customer-7",
     "last_error":{"error":"NotFound","message":"order 4711 not found\\n  at shop.Orders.find(Orders.java:71)\\n  at shop.Orders.pay(Orders.java:40)"},
     "deliveries":[{"subscription":"default","status":"%s","finished_at":"2026-03-14T09:26:12Z",
      "attempts":[
       {"number":1,"worker":"web-1-4711-ab12","started_at":"2026-03-14T09:25:00.130Z",
        "outcome":"failed","ended_at":"2026-03-14T09:25:00.150Z","duration_ms":20,
        "error":{"error":"NotFound","message":"order 4711 not found"}},
       {"number":2,"worker":"web-2-4712-cd34","started_at":"2026-03-14T09:25:02.150Z",
        "outcome":"timed_out","ended_at":"2026-03-14T09:25:07.150Z","duration_ms":5000,
        "error":{"error":"Timeout","message":"no answer within 5 s"}},
       {"number":3,"worker":"web-1-4711-ab12","started_at":"2026-03-14T09:26:11.980Z",
        "outcome":"failed","ended_at":"2026-03-14T09:26:12Z","duration_ms":20,
        "error":{"error":"NotFound","message":"order 4711 not found"}}]}]}\
    """
        .formatted(id, status, status);
  }

  static String groups() {
    return "["
        + group(GROUP, "NotFound", "order <n> not found", 812, "rising")
        + ","
        + group("0a0b0c0d0e0f0102", "Timeout", "no answer within <n> s", 300, "steady")
        + ","
        + group("1111222233334444", "IllegalState", "card <q> was refused", 91, "falling")
        + "]";
  }

  private static String group(
      String print, String error, String pattern, int count, String direction) {
    return """
    {"fingerprint":"%s","subscription":"default","handler":"shop","outcome":"failed","error":"%s",
     "pattern":"%s","message":"%s","count":%d,"first_seen":"2026-03-14T08:00:00Z",
     "last_seen":"2026-03-14T09:26:54Z","sample_event_id":"order-4711",
     "trend":{"last_hour":30,"hour_before":12,"direction":"%s"}}\
    """
        .formatted(print, error, pattern, pattern, count, direction);
  }

  /// Returns a subscription.
  ///
  /// @param pause JSON object or `null`
  public static String subscription(String pause) {
    return """
    {"name":"default","patterns":["*"],"handler":"demo","max_retries":5,"retry_base_ms":1000,
     "retry_cap_ms":300000,"paused":%s}\
    """
        .formatted(pause);
  }

  /// Returns a bulk plan.
  public static String plan(long count, long qualifying) {
    return """
    {"token":"plan_0c1f","action":"replay","filter":{"status":["failed"]},"count":%d,
     "qualifying":%d,"estimate_seconds":61,"planned_at":"2026-03-14T09:30:00Z",
     "expires_at":"2026-03-14T09:45:00Z","sample":[
      {"event_id":"order-1000","event_type":"order.paid","status":"failed","attempts":6,
       "received_at":"2026-03-14T09:26:54Z"},
      {"event_id":"order-999","event_type":"order.paid","status":"failed","attempts":6,
       "received_at":"2026-03-14T09:26:53Z"}]}\
    """
        .formatted(count, qualifying);
  }

  /// Returns a bulk job.
  public static String job(String state, long qualifying, long done, long skipped, long remaining) {
    return """
    {"id":"bulk_7d0c","action":"replay","state":"%s","filter":{"status":["failed"]},
     "qualifying":%d,"done":%d,"skipped":%d,"remaining":%d,"planned_by":"ann",
     "planned_at":"2026-03-14T09:28:00Z","started_by":"ann",
     "started_at":"2026-03-14T09:28:10Z"}\
    """
        .formatted(state, qualifying, done, skipped, remaining);
  }

  private static String activity() {
    return "["
        + IntStream.range(0, 20)
            .mapToObj(place -> entry(40 - place))
            .collect(Collectors.joining(","))
        + "]";
  }

  private static String entry(int number) {
    String action =
        List.of("event.replay", "subscription.pause", "bulk.start", "key.add").get(number % 4);
    return """
    {"number":%d,"at":"%s","actor":"ann","key_id":"k3v9","role":"operator","address":"10.0.0.7",
     "action":"%s","target":"order-%d","detail":"%s","result":"202","request_id":"r-%d",
     "previous_hash":"a","hash":"b"}\
    """
        .formatted(
            number,
            ManualTimer.START.minus(Duration.ofMinutes(50L - number)),
            action,
            1000 + number,
            number % 4 == 1 ? "receiver is being moved" : "",
            number);
  }
}
