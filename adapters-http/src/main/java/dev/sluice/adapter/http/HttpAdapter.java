package dev.sluice.adapter.http;

import dev.sluice.application.Application;
import dev.sluice.domain.port.TransitionListener;
import io.helidon.common.mapper.MapperManager;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The REST API on one port.
///
/// First its [#listener] is given to the application, so that what happens is counted; then
/// [#start] opens the port.
public final class HttpAdapter {

  private static final int MAX_REQUEST_LINE = 16 * 1024;
  private static final int MAX_HEADERS = 32 * 1024;
  private static final int LISTEN_BACKLOG = 1_024;
  private static final Duration IDLE_CONNECTION = Duration.ofMinutes(2);
  private static final Duration IDLE_CHECK = Duration.ofSeconds(10);
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);

  static {
    shareMappers();
  }

  private final HttpSettings settings;
  private final HttpSettings.RequestLog log;
  private final InstantSource clock;
  private final Meters meters = new Meters();
  private final HttpMetrics metrics = new HttpMetrics(meters);
  private final ConnectionWatches watches;
  private final RequestIds requestIds;
  private @Nullable WebServer server;

  /// @param log is told of requests
  /// @param clock the time that ages are reckoned by
  /// @param random where request ids begin
  public HttpAdapter(
      HttpSettings settings,
      HttpSettings.RequestLog log,
      InstantSource clock,
      RandomGenerator random) {
    this.settings = settings;
    this.log = log;
    this.clock = clock;
    this.watches = new ConnectionWatches(settings.limits().requestTimeout());
    this.requestIds = new RequestIds(random.nextLong());
  }

  /// Without one that was set, Helidon 4.4.0 builds its table of header converters anew for every
  /// Content-Length that it reads, which took half of all processor time. There is no other way to
  /// set it yet.
  @SuppressWarnings("removal")
  private static void shareMappers() {
    MapperManager.global(MapperManager.create());
  }

  /// Counts what happens to events.
  public TransitionListener listener() {
    return metrics;
  }

  /// Opens the port and answers requests.
  ///
  /// @throws java.io.UncheckedIOException when the port cannot be had
  public void start(Application application) {
    var gauges = new HttpGauges(application, clock);
    gauges.register(meters, settings.about(), log, watches::open);
    Routes routes = routes(application, gauges);
    var api = new Api(routes, requestIds, watches, metrics, log, limiter());
    HttpSettings.Limits limits = settings.limits();
    server =
        WebServer.builder()
            .address(settings.address())
            .port(settings.port())
            .backlog(LISTEN_BACKLOG)
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            .protocolsDiscoverServices(false)
            .addConnectionSelector(new WholeAnswers(protocol(), watches))
            .addFeature(Probes.feature(application))
            .useNio(true)
            .connectionOptions(watches.watching(SocketOptions.builder().tcpNoDelay(true).build()))
            .maxTcpConnections(limits.maxConnections())
            .idleConnectionTimeout(IDLE_CONNECTION)
            .idleConnectionPeriod(IDLE_CHECK)
            .shutdownGracePeriod(LAST_ANSWERS)
            .directHandlers(new TransportErrors(requestIds, metrics).handlers())
            .routing(HttpRouting.builder().any(api::handle))
            .build()
            .start();
  }

  private Http1Config protocol() {
    return Http1Config.builder()
        .maxPrologueLength(MAX_REQUEST_LINE)
        .maxHeadersSize(MAX_HEADERS)
        .validateRequestHeaders(true)
        .sendLog(false)
        .receiveLog(false)
        .addReceiveListener(watches)
        .build();
  }

  private Optional<RateLimiter> limiter() {
    HttpSettings.Limits limits = settings.limits();
    return limits.ratePerSecond() > 0
        ? Optional.of(new RateLimiter(limits.ratePerSecond(), limits.rateBurst(), System::nanoTime))
        : Optional.empty();
  }

  private Routes routes(Application application, HttpGauges gauges) {
    var bodies = new RequestBodies(settings.limits().maxBufferedBytes());
    var ndjson =
        new NdjsonIngest(
            application.intake(), settings.limits(), metrics, application::backlogFullness);
    var ingest = new IngestRoute(application.intake(), settings.limits(), bodies, metrics, ndjson);
    var events = new EventRoutes(application.browse(), application.control());
    var deadLetters = new DeadLetterReplay(application.control(), bodies);
    var explain = new ExplainRoute(application.explanations());
    var pausing = new PauseRoutes(application, bodies, clock);
    var stats = new StatsRoute(application, clock);
    var service = new ServiceRoutes(application, settings.about(), gauges, meters);
    return new Routes()
        .add("POST", "/events", exchange -> timed(application, exchange, ingest::post))
        .add("GET", "/events", events::list)
        .add("GET", "/events/{id}", events::find)
        .add("POST", "/events/{id}/replay", events::replay)
        .add("POST", "/events/{id}/cancel", events::cancel)
        .add("GET", "/events/{id}/explain", explain::get)
        .add("GET", "/subscriptions", pausing::subscriptions)
        .add("GET", "/subscriptions/{id}", pausing::subscription)
        .add("POST", "/subscriptions/{id}/pause", pausing::pauseSubscription)
        .add("POST", "/subscriptions/{id}/resume", pausing::resumeSubscription)
        .add("GET", "/processing", pausing::processing)
        .add("POST", "/processing/pause", pausing::pauseProcessing)
        .add("POST", "/processing/resume", pausing::resumeProcessing)
        .add("GET", "/dead-letters", events::deadLetters)
        .add("POST", "/dead-letters/replay", deadLetters::post)
        .add("GET", "/stats", stats::get)
        .addUnlimited("GET", "/health", service::health)
        .addUnlimited("GET", "/healthz", service::health)
        .addUnlimited("GET", "/ready", service::ready)
        .addUnlimited("GET", "/metrics", service::metrics)
        .addUnlimited("GET", "/openapi.json", service::openApi);
  }

  private void timed(Application application, Exchange exchange, Routes.Handler handler)
      throws IOException {
    long begin = System.nanoTime();
    try {
      handler.handle(exchange);
    } finally {
      long nanos = System.nanoTime() - begin;
      metrics.accepted(nanos);
      application.statistics().answered(Duration.ofNanos(nanos));
    }
  }

  /// Names of all routes, as `METHOD /path`.
  List<String> routeNames(Application application) {
    return routes(application, new HttpGauges(application, clock)).names();
  }

  /// The port it listens on.
  ///
  /// @throws IllegalStateException before the start
  public int port() {
    return running().port();
  }

  /// Ends requests that stall. Called about once a second.
  public void tick() {
    watches.check();
  }

  /// Closes the port, lets requests in flight be answered, and ends all connections.
  public void stop() {
    running().stop();
    meters.close();
  }

  private WebServer running() {
    WebServer started = server;
    if (started == null) {
      throw new IllegalStateException("the server has not been started");
    }
    return started;
  }
}
