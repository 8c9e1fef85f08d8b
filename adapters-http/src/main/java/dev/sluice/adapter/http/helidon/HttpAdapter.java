package dev.sluice.adapter.http.helidon;

import dev.sluice.adapter.http.Authorizer;
import dev.sluice.adapter.http.ClientAddresses;
import dev.sluice.adapter.http.FailedAttempts;
import dev.sluice.adapter.http.HttpMetrics;
import dev.sluice.adapter.http.HttpSettings;
import dev.sluice.adapter.http.Meters;
import dev.sluice.adapter.http.RateLimiter;
import dev.sluice.adapter.http.RefusalLog;
import dev.sluice.adapter.http.RequestIds;
import dev.sluice.adapter.http.RequestRates;
import dev.sluice.adapter.http.RequestReports;
import dev.sluice.adapter.http.Routes;
import dev.sluice.adapter.http.route.ApiRoutes;
import dev.sluice.adapter.http.route.HttpGauges;
import dev.sluice.adapter.http.route.ServiceRoutes;
import dev.sluice.adapter.http.route.StreamClients;
import dev.sluice.application.Application;
import dev.sluice.domain.port.TransitionListener;
import io.helidon.common.mapper.MapperManager;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The REST API on one port.
///
/// Pass its [#listener] to the application first, so that events are counted; then [#start] opens
/// the port.
public final class HttpAdapter {

  /// The gate rejects heads that are too large, and may itself enlarge a head by this much.
  private static final int GATE_ADDS = 1024;

  /// Helidon accepts a few connections beyond the limit, so that a new one finds room while others
  /// are being closed for it.
  private static final int CONNECTIONS_THAT_END = 256;

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
  private final StallGuards guards;
  private final RequestIds requestIds;
  private final ClientAddresses clients;
  private final Optional<ReloadedTls> tls;
  private final StreamClients streams;
  private @Nullable WebServer server;

  /// @param log receives finished requests
  /// @param clock the clock for ages
  /// @param random provides the first request id
  public HttpAdapter(
      HttpSettings settings,
      HttpSettings.RequestLog log,
      InstantSource clock,
      RandomGenerator random) {
    this.settings = settings;
    this.log = log;
    this.clock = clock;
    this.clients = new ClientAddresses(settings.security().clients().trustedProxies());
    this.guards = new StallGuards(settings.limits().requestTimeout(), shares(settings), clients);
    this.requestIds = new RequestIds(random.nextLong());
    this.tls = settings.security().tls().map(files -> new ReloadedTls(files, clock));
    this.streams = new StreamClients(settings.streams().clients());
  }

  private static ConnectionShares shares(HttpSettings settings) {
    int most = settings.limits().maxConnections();
    int asked = settings.security().clients().connectionsPerAddress();
    int share = asked == 0 ? Math.max(1, most / 2) : Math.min(asked, most);
    return new ConnectionShares(most, share, System::nanoTime);
  }

  /// Sets one global table of header converters. Otherwise Helidon 4.4.0 rebuilds it for every
  /// Content-Length that it reads, which took half of the processor time. There is no other way to
  /// set it yet.
  @SuppressWarnings("removal")
  private static void shareMappers() {
    MapperManager.global(MapperManager.create());
  }

  /// Returns the listener that counts transitions of events.
  public TransitionListener listener() {
    return metrics;
  }

  /// Opens the port and serves requests.
  ///
  /// @throws java.io.UncheckedIOException when the port cannot be opened
  public void start(Application application) {
    var gauges = new HttpGauges(application, clock);
    gauges.register(meters, settings.about(), log, guards::open);
    meters.counter(
        "sluice.http.connections.refused",
        "New connections closed because the limit was reached",
        guards::refused);
    tls.ifPresent(encryption -> encryption.register(meters));
    streams.register(meters);
    Routes routes = routes(application, gauges);
    var reports = new RequestReports(metrics, log);
    var rates = new RequestRates(limiter(), metrics);
    var api = new Api(routes, requestIds, guards, reports, rates, authorizer(application), clients);
    HttpSettings.Limits limits = settings.limits();
    var builder =
        WebServer.builder()
            .address(settings.address())
            .port(settings.port())
            .backlog(LISTEN_BACKLOG)
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            .protocolsDiscoverServices(false)
            .addConnectionSelector(new FullWriteConnections(protocol(), guards))
            .addFeature(Probes.feature(application))
            .useNio(true)
            .contentEncoding(new AnyEncoding())
            .connectionOptions(guards.watching(SocketOptions.builder().tcpNoDelay(true).build()))
            .maxTcpConnections(limits.maxConnections() + CONNECTIONS_THAT_END)
            .idleConnectionTimeout(IDLE_CONNECTION)
            .idleConnectionPeriod(IDLE_CHECK)
            .shutdownGracePeriod(LAST_ANSWERS)
            .directHandlers(new TransportErrors(requestIds, reports, guards).handlers())
            .routing(HttpRouting.builder().any(api::handle));
    tls.ifPresent(encryption -> builder.tls(encryption.tls()));
    server = builder.build().start();
  }

  private Authorizer authorizer(Application application) {
    return new Authorizer(
        application.useCases().callers(),
        settings.security(),
        settings.address().isLoopbackAddress(),
        new FailedAttempts(System::nanoTime, HttpAdapter::pause),
        new RefusalLog(System::nanoTime),
        meters);
  }

  private static void pause(long nanos) {
    try {
      Thread.sleep(Duration.ofNanos(nanos));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Http1Config protocol() {
    return Http1Config.builder()
        .maxPrologueLength(HeadScanner.MAX_REQUEST_LINE + GATE_ADDS)
        .maxHeadersSize(HeadScanner.MAX_HEADERS + GATE_ADDS)
        .validateRequestHeaders(true)
        .sendLog(false)
        .receiveLog(false)
        .addReceiveListener(guards)
        .build();
  }

  private Optional<RateLimiter> limiter() {
    HttpSettings.Limits limits = settings.limits();
    return limits.ratePerSecond() > 0
        ? Optional.of(new RateLimiter(limits.ratePerSecond(), limits.rateBurst(), System::nanoTime))
        : Optional.empty();
  }

  private Routes routes(Application application, HttpGauges gauges) {
    return new ApiRoutes(application, settings, metrics, streams, clock)
        .all(new ServiceRoutes(application, settings.about(), gauges, meters));
  }

  /// Returns the names of all routes, as `METHOD /path`.
  List<String> routeNames(Application application) {
    return routes(application, new HttpGauges(application, clock)).names();
  }

  /// Returns the port that it listens on.
  ///
  /// @throws IllegalStateException before [#start]
  public int port() {
    return running().port();
  }

  /// Ends stalled requests, and reloads the certificate when it has changed. Called about once a
  /// second.
  public void tick() {
    guards.check();
    tls.ifPresent(ReloadedTls::check);
  }

  /// Closes the port, lets requests in progress finish, and closes all connections.
  public void stop() {
    streams.stop();
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
