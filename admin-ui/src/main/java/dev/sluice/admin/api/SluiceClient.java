package dev.sluice.admin.api;

import dev.sluice.admin.api.Exchange.Patience;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// HTTP client for one service.
///
/// Each method blocks until the response arrives and throws an [ApiException] if the request fails.
/// The time limit is 30 seconds for pages, new events, edited replays, bulk plans and starts, and
/// for the check of the activity log, and 5 seconds otherwise.
public final class SluiceClient implements AutoCloseable {

  private final Target target;
  private final Exchange exchange;
  private final SubscriptionRequests subscriptions;
  private final LaneRequests lanes;
  private final ScheduleRequests schedules;

  /// Creates a client that connects with its first request.
  public SluiceClient(Target target) {
    this(target, Exchange.Limits.DEFAULT);
  }

  SluiceClient(Target target, Exchange.Limits limits) {
    this.target = target;
    this.exchange = new Exchange(target, limits);
    this.subscriptions = new SubscriptionRequests(exchange);
    this.lanes = new LaneRequests(exchange);
    this.schedules = new ScheduleRequests(exchange);
  }

  public Target target() {
    return target;
  }

  /// Returns version and configuration of the service, and the permissions of the key.
  public Meta meta() {
    return exchange.get("/meta", Meta.class);
  }

  /// Returns counts, rates and latencies. Returns the same object again if nothing changed.
  public Stats stats() {
    return exchange.getTagged("stats", "/stats", Stats.class);
  }

  /// Returns values over time until now, such as from `-1h` in steps of `10s`.
  public Series series(String from, String step) {
    return exchange.getTagged(
        "series", "/stats/series?from=" + from + "&step=" + step, Series.class);
  }

  /// Returns the nodes. Returns the same object again if nothing changed.
  public Nodes nodes() {
    return exchange.getTagged("nodes", "/nodes", Nodes.class);
  }

  /// Returns a page of events without payloads, newest first.
  ///
  /// @param cursor start of the page; empty for the newest events
  /// @param limit maximum number of events, 1 to 500
  public Page<EventSummary> events(Filter filter, Optional<String> cursor, int limit) {
    return page("/events" + filter.query(), "payload=false", cursor, limit, EventSummary.class);
  }

  private <T> Page<T> page(
      String path, String fixed, Optional<String> cursor, int limit, Class<T> type) {
    String more = fixed.isEmpty() ? "" : '&' + fixed;
    String from = cursor.map(some -> "&cursor=" + encode(some)).orElse("");
    String all = path + (path.contains("?") ? '&' : '?') + "limit=" + limit + more + from;
    HttpResponse<byte[]> response = exchange.ask(all, Patience.LONG);
    List<T> items = Exchange.readList(response, type);
    return new Page<>(items, Links.next(response));
  }

  /// Returns an event with its payload and history.
  public EventDetail event(String id) {
    HttpResponse<byte[]> response = exchange.ask(path(id, ""), Patience.USUAL);
    EventDetail.History history = Exchange.read(response, EventDetail.History.class);
    var raw = new String(response.body(), StandardCharsets.UTF_8);
    try {
      return new EventDetail(history, Json.member("payload", raw).orElse(null), raw);
    } catch (IOException wrong) {
      throw Faults.garbage(response, wrong);
    }
  }

  /// Explains the status of an event.
  public Explanation explain(String id) {
    return exchange.get(path(id, "/explain"), Explanation.class);
  }

  /// Replays the failed deliveries of an event.
  public void replay(String id) {
    act(path(id, "/replay"));
  }

  /// Replays every finished delivery of an event, whatever its status.
  public void replayAll(String id) {
    var _ = send(path(id, "/replay"), "{\"all\":true}");
  }

  /// Sends a copy of an event with a different payload.
  ///
  /// @param payload JSON value, as text; sent exactly as written
  /// @return id of the new event
  /// @throws IllegalArgumentException if the payload is not JSON, with a message for the user
  public String replayEdited(String id, String payload) {
    return send(path(id, "/replay"), "{\"payload\":" + NewEvent.checked(payload) + '}').eventId();
  }

  /// Moves the first attempts of an event's deliveries.
  ///
  /// @param when a delay from now, such as `10m`, or a time in RFC 3339
  public void reschedule(String id, String when) {
    String member = when.matches("[0-9]+[a-z]+") ? "delay" : "deliver_at";
    byte[] body = Json.write(Map.of(member, when));
    exchange.send("PATCH", path(id, ""), Optional.of(body), Patience.USUAL);
  }

  /// Cancels the waiting deliveries of an event.
  public void cancel(String id) {
    act(path(id, "/cancel"));
  }

  /// Discards the failed deliveries of an event.
  public void discard(String id) {
    act(path(id, "/discard"));
  }

  /// Sends a new event.
  ///
  /// @throws IllegalArgumentException if the payload is not JSON, with a message for the user
  public EventSummary send(NewEvent event) {
    return send("/events", event.json());
  }

  /// Returns the error groups of the dead letters, largest group first.
  ///
  /// @param limit maximum number of groups, 1 to 500
  public List<ErrorGroup> errorGroups(int limit) {
    return exchange.list("/dead-letters/groups?limit=" + limit, ErrorGroup.class);
  }

  /// Plans a bulk action. Changes nothing and can take up to 30 seconds.
  ///
  /// @param action `replay`, `cancel` or `discard`
  public BulkPlan plan(String action, Filter filter) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("action", action);
    if (filter.isAll()) {
      request.put("all", true);
    } else {
      request.put("filter", filter.json());
    }
    return Exchange.read(
        exchange.send("POST", "/bulk/plan", Optional.of(Json.write(request)), Patience.LONG),
        BulkPlan.class);
  }

  /// Starts a planned bulk job.
  ///
  /// @param ratePerSecond maximum number of events per second; empty for no limit
  public BulkJob start(BulkPlan plan, OptionalDouble ratePerSecond) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("token", plan.token());
    ratePerSecond.ifPresent(rate -> request.put("rate_per_second", rate));
    return Exchange.read(
        exchange.send("POST", "/bulk", Optional.of(Json.write(request)), Patience.LONG),
        BulkJob.class);
  }

  /// Returns a bulk job with its progress.
  public BulkJob job(String id) {
    return exchange.get("/bulk/" + encode(id), BulkJob.class);
  }

  /// Returns the 50 newest bulk jobs, newest first.
  public List<BulkJob> jobs() {
    return exchange.list("/bulk?limit=50", BulkJob.class);
  }

  /// Stops a bulk job; events that it processed stay processed.
  public BulkJob stop(String id) {
    return Exchange.read(
        exchange.send("DELETE", "/bulk/" + encode(id), Optional.empty(), Patience.USUAL),
        BulkJob.class);
  }

  /// Returns requests about the lanes of ordered subscriptions.
  public LaneRequests lanes() {
    return lanes;
  }

  /// Returns requests about schedules.
  public ScheduleRequests schedules() {
    return schedules;
  }

  /// Returns requests about subscriptions.
  public SubscriptionRequests subscriptions() {
    return subscriptions;
  }

  /// Returns the state of processing on all nodes together.
  public Processing processing() {
    return exchange.get("/processing", Processing.class);
  }

  /// Pauses a subscription, or all processing.
  ///
  /// @param subscription empty for all processing
  /// @param until time at which processing resumes by itself; empty for never
  public void pause(Optional<String> subscription, String reason, Optional<Instant> until) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("reason", reason);
    until.ifPresent(time -> request.put("until", time.toString()));
    byte[] body = Json.write(request);
    exchange.send("POST", work(subscription, "/pause"), Optional.of(body), Patience.USUAL);
  }

  /// Resumes a subscription, or all processing.
  ///
  /// @param subscription empty for all processing
  public void resume(Optional<String> subscription) {
    act(work(subscription, "/resume"));
  }

  private static String work(Optional<String> subscription, String verb) {
    return subscription.map(SubscriptionRequests::path).orElse("/processing") + verb;
  }

  /// Returns a page of the activity log, newest first.
  public Page<ActivityEntry> activity(Optional<String> cursor, int limit) {
    return page("/activity", "", cursor, limit, ActivityEntry.class);
  }

  /// Verifies the hash chain of the activity log.
  public ActivityCheck verifyActivity() {
    return Exchange.read(exchange.ask("/activity/verify", Patience.LONG), ActivityCheck.class);
  }

  private void act(String path) {
    exchange.send("POST", path, Optional.empty(), Patience.USUAL);
  }

  private EventSummary send(String path, String json) {
    Optional<byte[]> body = Optional.of(json.getBytes(StandardCharsets.UTF_8));
    return Exchange.read(exchange.send("POST", path, body, Patience.LONG), EventSummary.class);
  }

  /// Returns the path of an event. `/events/stream` is another route, so the id `stream` needs an
  /// escape that URL encoding does not produce.
  private static String path(String id, String verb) {
    return "/events/" + (id.equals("stream") ? "%73tream" : encode(id)) + verb;
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// Aborts requests in progress.
  @Override
  public void close() {
    exchange.close();
  }
}
