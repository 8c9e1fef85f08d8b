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

/// Speaks with one service.
///
/// Each method blocks until there is an answer, five seconds at most where nothing else is said,
/// and throws an [ApiException] when there is none or another than was asked for.
public final class SluiceClient implements AutoCloseable {

  private final Target target;
  private final Exchange exchange;

  /// For a service; connects with the first request.
  public SluiceClient(Target target) {
    this(target, Exchange.Limits.DEFAULT);
  }

  SluiceClient(Target target, Exchange.Limits limits) {
    this.target = target;
    this.exchange = new Exchange(target, limits);
  }

  /// Which service it is.
  public Target target() {
    return target;
  }

  /// What the service is, and what the key may do.
  public Meta meta() {
    return exchange.get("/meta", Meta.class);
  }

  /// How much there is and how fast it moves. The same object again when nothing changed.
  public Stats stats() {
    return exchange.getTagged("stats", "/stats", Stats.class);
  }

  /// Figures from some time ago until now, such as `-1h` by `10s`.
  public Series series(String from, String step) {
    return exchange.getTagged(
        "series", "/stats/series?from=" + from + "&step=" + step, Series.class);
  }

  /// Who works on the events. The same object again when nothing changed.
  public Nodes nodes() {
    return exchange.getTagged("nodes", "/nodes", Nodes.class);
  }

  /// A page of events, newest first. Payloads are left out.
  ///
  /// @param cursor where it begins; empty for the newest
  /// @param limit most events, 1 to 500
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

  /// An event with all that happened to it.
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

  /// Why an event is where it is.
  public Explanation explain(String id) {
    return exchange.get(path(id, "/explain"), Explanation.class);
  }

  /// Puts a finished event back to work.
  public void replay(String id) {
    act(path(id, "/replay"));
  }

  /// Makes a new event like an old one with another payload.
  ///
  /// @param payload a JSON value, as text; sent to the letter
  /// @return the id of the new one
  /// @throws IllegalArgumentException with a sentence for the user when the payload is no JSON
  public String replayEdited(String id, String payload) {
    return send(path(id, "/replay"), "{\"payload\":" + NewEvent.checked(payload) + '}').eventId();
  }

  /// Takes a waiting event out of the work.
  public void cancel(String id) {
    act(path(id, "/cancel"));
  }

  /// Gives a dead letter up.
  public void discard(String id) {
    act(path(id, "/discard"));
  }

  /// Sends an event.
  ///
  /// @throws IllegalArgumentException with a sentence for the user when the payload is no JSON
  public EventSummary send(NewEvent event) {
    return send("/events", event.json());
  }

  /// Dead letters by the way they failed, largest group first.
  public List<ErrorGroup> errorGroups() {
    return exchange.list("/dead-letters/groups", ErrorGroup.class);
  }

  /// What an action would be done to. Changes nothing; may take half a minute.
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

  /// Starts a plan.
  ///
  /// @param ratePerSecond most events per second, if there is to be a limit
  public BulkJob start(BulkPlan plan, OptionalDouble ratePerSecond) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("token", plan.token());
    ratePerSecond.ifPresent(rate -> request.put("rate_per_second", rate));
    return Exchange.read(
        exchange.send("POST", "/bulk", Optional.of(Json.write(request)), Patience.LONG),
        BulkJob.class);
  }

  /// How far a job is.
  public BulkJob job(String id) {
    return exchange.get("/bulk/" + encode(id), BulkJob.class);
  }

  /// Jobs that were started, newest first.
  public List<BulkJob> jobs() {
    return exchange.list("/bulk?limit=50", BulkJob.class);
  }

  /// Stops a job; what it did stays done.
  public BulkJob stop(String id) {
    return Exchange.read(
        exchange.send("DELETE", "/bulk/" + encode(id), Optional.empty(), Patience.USUAL),
        BulkJob.class);
  }

  /// All subscriptions.
  public List<Subscription> subscriptions() {
    return exchange.list("/subscriptions", Subscription.class);
  }

  /// The work of all nodes as a whole.
  public Processing processing() {
    return exchange.get("/processing", Processing.class);
  }

  /// Stops the work of a subscription, or all work.
  ///
  /// @param subscription empty for all work
  /// @param until when it goes on by itself, if it is to
  public void pause(Optional<String> subscription, String reason, Optional<Instant> until) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("reason", reason);
    until.ifPresent(time -> request.put("until", time.toString()));
    byte[] body = Json.write(request);
    exchange.send("POST", work(subscription, "/pause"), Optional.of(body), Patience.USUAL);
  }

  /// Lets it go on.
  ///
  /// @param subscription empty for all work
  public void resume(Optional<String> subscription) {
    act(work(subscription, "/resume"));
  }

  private static String work(Optional<String> subscription, String verb) {
    return subscription.map(name -> "/subscriptions/" + encode(name)).orElse("/processing") + verb;
  }

  /// A page of what operators did, newest first.
  public Page<ActivityEntry> activity(Optional<String> cursor, int limit) {
    return page("/activity", "", cursor, limit, ActivityEntry.class);
  }

  /// Whether anybody tampered with the record of what operators did.
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

  /// The path of an event. `stream` is a path of its own, so that id needs an escape that encoding
  /// does not give by itself.
  private static String path(String id, String verb) {
    return "/events/" + (id.equals("stream") ? "%73tream" : encode(id)) + verb;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// Breaks off what is under way.
  @Override
  public void close() {
    exchange.close();
  }
}
