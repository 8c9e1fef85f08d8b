package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.Access;
import dev.sluice.adapter.http.Audit;
import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.HttpMetrics;
import dev.sluice.adapter.http.HttpSettings;
import dev.sluice.adapter.http.RequestBodies;
import dev.sluice.adapter.http.Room;
import dev.sluice.adapter.http.Routes;
import dev.sluice.adapter.http.schedule.ScheduleRoutes;
import dev.sluice.adapter.http.subscription.BackfillPlans;
import dev.sluice.adapter.http.subscription.LaneRoutes;
import dev.sluice.adapter.http.subscription.RecentAttemptsRoute;
import dev.sluice.adapter.http.subscription.SubscriptionRoutes;
import dev.sluice.adapter.http.subscription.TestRoute;
import dev.sluice.application.Application;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;

/// All routes of the API, each with the access that it requires.
public final class ApiRoutes {

  private static final System.Logger LOG = System.getLogger(ApiRoutes.class.getName());

  private final Application application;
  private final HttpSettings settings;
  private final HttpMetrics metrics;
  private final StreamClients streams;
  private final InstantSource clock;
  private final RequestBodies bodies;

  /// Separate from the memory for bodies: clients that read slowly must not block producers.
  private final Room answers;

  private final Routes routes = new Routes();

  public ApiRoutes(
      Application application,
      HttpSettings settings,
      HttpMetrics metrics,
      StreamClients streams,
      InstantSource clock) {
    this.application = application;
    this.settings = settings;
    this.metrics = metrics;
    this.streams = streams;
    this.clock = clock;
    this.bodies = new RequestBodies(settings.limits().maxBufferedBytes());
    this.answers = new Room(settings.limits().maxBufferedBytes());
  }

  /// Returns all routes.
  ///
  /// @param service handles the routes about the service itself
  public Routes all(ServiceRoutes service) {
    addEvents();
    addDeadLetters();
    addBulk();
    addPausing();
    addSchedules();
    addAccess();
    addService(service);
    return routes;
  }

  private void addEvents() {
    IngestRoute ingest = ingestRoute();
    EventRoutes events = eventRoutes();
    StreamRoute stream = streamRoute();
    routes
        .add("POST", "/events", Access.PRODUCER, exchange -> accept(exchange, ingest))
        .add("GET", "/events", Access.VIEWER, events::list)
        .add("GET", "/events/stream", Access.VIEWER, stream::get)
        .add("GET", "/events/{id}", Access.VIEWER, events::find)
        .add("GET", "/dead-letters", Access.VIEWER, events::deadLetters);
    change("PATCH", "/events/{id}", "event.reschedule", events::reschedule);
    change("POST", "/events/{id}/replay", "event.replay", events::replay);
    change("POST", "/events/{id}/cancel", "event.cancel", events::cancel);
    change("POST", "/events/{id}/discard", "event.discard", events::discard);
  }

  private IngestRoute ingestRoute() {
    SpoolFolder spools = SpoolFolder.standard(settings.limits().maxStreamBytes());
    spools.problem().ifPresent(problem -> LOG.log(Level.WARNING, problem));
    return new IngestRoute(
        application.useCases().intake(),
        application.useCases().browse(),
        settings.limits(),
        bodies,
        metrics,
        caller -> new BatchResponse(metrics, spools, caller),
        new IntakeGroups(() -> application.load().backlogFullness()));
  }

  private EventRoutes eventRoutes() {
    int maxPayload = settings.limits().maxPayloadBytes();
    return new EventRoutes(
        application.useCases().browse(),
        application.useCases().control(),
        bodies,
        maxPayload,
        answers,
        clock);
  }

  private StreamRoute streamRoute() {
    return new StreamRoute(
        application.useCases().changes(),
        settings.streams(),
        streams,
        application.useCases().callers());
  }

  private void accept(Exchange exchange, IngestRoute ingest) throws IOException {
    exchange.whenAnswered(
        nanos -> {
          metrics.accepted(nanos);
          application.useCases().statistics().answered(Duration.ofNanos(nanos));
        });
    ingest.post(exchange);
  }

  private void addDeadLetters() {
    var shortForm = new DeadLetterReplay(application.useCases().bulk(), bodies);
    var groups =
        new DeadLetterGroups(
            application.useCases().browse(), application.useCases().subscriptions());
    routes.add("GET", "/dead-letters/groups", Access.VIEWER, groups::get);
    change("POST", "/dead-letters/replay", "bulk.start", shortForm::post);
  }

  private void addBulk() {
    var bulk = new BulkRoutes(application.useCases().bulk(), bodies);
    routes
        .add("POST", "/bulk/plan", Access.OPERATOR, bulk::plan)
        .add("GET", "/bulk", Access.VIEWER, bulk::list)
        .add("GET", "/bulk/{id}", Access.VIEWER, bulk::find);
    change("POST", "/bulk", "bulk.start", bulk::start);
    change("DELETE", "/bulk/{id}", "bulk.stop", bulk::stop);
  }

  private void addPausing() {
    var subscriptions = new SubscriptionRoutes(application.useCases(), bodies);
    var pausing = new PauseRoutes(application, bodies, clock, subscriptions);
    var backfills = new BackfillPlans(application.useCases(), bodies, subscriptions);
    var attempts = new RecentAttemptsRoute(application.useCases(), answers);
    var lanes = new LaneRoutes(application.useCases(), bodies);
    var explain = new ExplainRoute(application.useCases().explanations());
    var tests = new TestRoute(application.useCases(), bodies, settings.limits().maxPayloadBytes());
    routes
        .add("GET", "/events/{id}/explain", Access.VIEWER, explain::get)
        .add("GET", "/subscriptions", Access.VIEWER, subscriptions::list)
        .add("GET", "/subscriptions/{id}", Access.VIEWER, subscriptions::find)
        .add("GET", "/subscriptions/{id}/versions", Access.VIEWER, subscriptions::versions)
        .add("GET", "/subscriptions/{id}/attempts", Access.VIEWER, attempts::get)
        .add("GET", "/subscriptions/{id}/lanes", Access.VIEWER, lanes::list)
        .add("POST", "/subscriptions/{id}/test", Access.VIEWER, tests::post)
        .add(
            "POST",
            "/subscriptions/{id}/backfill",
            Access.OPERATOR,
            exchange -> backfills.plan(exchange, planned -> BulkRoutes.answer(exchange, planned)))
        .add("GET", "/processing", Access.VIEWER, pausing::processing);
    edit("PUT", "/subscriptions/{id}", "subscription.put", subscriptions::put);
    edit("PATCH", "/subscriptions/{id}", "subscription.put", subscriptions::patch);
    edit("DELETE", "/subscriptions/{id}", "subscription.delete", subscriptions::delete);
    edit(
        "POST",
        "/subscriptions/{id}/secret",
        "subscription.rotate_secret",
        subscriptions::rotateSecret);
    change("POST", "/subscriptions/{id}/lanes", "subscription.lanes", lanes::act);
    change("POST", "/subscriptions/{id}/pause", "subscription.pause", pausing::pauseSubscription);
    change(
        "POST", "/subscriptions/{id}/resume", "subscription.resume", pausing::resumeSubscription);
    change("POST", "/processing/pause", "processing.pause", pausing::pauseProcessing);
    change("POST", "/processing/resume", "processing.resume", pausing::resumeProcessing);
  }

  private void addSchedules() {
    var schedules = new ScheduleRoutes(application.useCases().schedules(), bodies);
    routes
        .add("GET", "/schedules", Access.VIEWER, schedules::list)
        .add("GET", "/schedules/{id}", Access.VIEWER, schedules::find);
    edit("PUT", "/schedules/{id}", "schedule.put", schedules::put);
    edit("DELETE", "/schedules/{id}", "schedule.delete", schedules::delete);
  }

  private void addAccess() {
    var keys = new KeyRoutes(application.useCases().keys(), bodies, clock);
    var meta = new MetaRoute(application, settings, clock);
    var activity = new ActivityRoutes(application.useCases().activity());
    routes
        .add("GET", "/meta", Access.ANY_KEY, meta::get)
        .add("GET", "/keys", Access.ADMIN, keys::list)
        .add("POST", "/keys", Access.ADMIN, audited("key.add", keys::make))
        .add("DELETE", "/keys/{id}", Access.ADMIN, audited("key.revoke", keys::revoke))
        .add("GET", "/activity", Access.VIEWER, activity::list)
        .add("GET", "/activity/verify", Access.VIEWER, activity::verify);
  }

  private void addService(ServiceRoutes service) {
    var stats = new StatsRoute(application.useCases().figures());
    var series = new SeriesRoute(application.useCases().figures(), clock);
    NodesRoute nodes = nodesRoute();
    boolean isOpen = settings.security().areMetricsOpen();
    routes
        .add("GET", "/stats", Access.VIEWER, stats::get)
        .add("GET", "/stats/due", Access.VIEWER, stats::due)
        .add("GET", "/stats/series", Access.VIEWER, series::get)
        .add("GET", "/nodes", Access.VIEWER, nodes::get)
        .addUnlimited("GET", "/health", Access.OPEN, service::health)
        .addUnlimited("GET", "/healthz", Access.OPEN, service::health)
        .addUnlimited("GET", "/ready", Access.OPEN, service::ready)
        .addUnlimited("GET", "/metrics", isOpen ? Access.OPEN : Access.VIEWER, service::metrics)
        .add("GET", "/openapi.json", Access.OPEN, service::openApi);
  }

  private NodesRoute nodesRoute() {
    return new NodesRoute(
        application.useCases().figures(),
        settings.about().storage(),
        application.useCases().browse().durability().wireName());
  }

  /// Adds a route by which operators change something; it is recorded in the activity log.
  private void change(String method, String path, String action, Routes.Handler handler) {
    routes.add(method, path, Access.OPERATOR, audited(action, handler));
  }

  /// The same for what only admins may change.
  private void edit(String method, String path, String action, Routes.Handler handler) {
    routes.add(method, path, Access.ADMIN, audited(action, handler));
  }

  private Routes.Handler audited(String action, Routes.Handler handler) {
    return Audit.of(application.useCases().activity(), action, handler);
  }
}
