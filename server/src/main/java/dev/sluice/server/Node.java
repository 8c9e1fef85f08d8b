package dev.sluice.server;

import dev.sluice.adapter.http.HttpSettings;
import dev.sluice.adapter.http.helidon.HttpAdapter;
import dev.sluice.application.Application;
import dev.sluice.application.ApplicationSettings;
import dev.sluice.application.Dependencies;
import dev.sluice.application.StopReport;
import dev.sluice.application.access.AccessKeys;
import dev.sluice.application.work.WorkSettings;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.EventHandler;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.TypePattern;
import dev.sluice.domain.time.TimeSource;
import dev.sluice.format.FormattedMessages;
import dev.sluice.format.JsonContentDigests;
import dev.sluice.format.JsonFilterFormat;
import dev.sluice.format.schedule.UnixCronFormat;
import dev.sluice.server.config.AccessConfig;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.server.demo.DemoHandler;
import dev.sluice.server.demo.JournalingHandler;
import dev.sluice.server.demo.LogHandler;
import dev.sluice.server.log.QueuedRequestLog;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// One node: wires all components, and starts and stops them in the right order.
final class Node {

  private static final Destination DEMO = new Destination.Demo();

  private final ServerConfig config;
  private final QueuedRequestLog requestLog;
  private final HttpAdapter http;
  private final OpenWebhooks webhooks;
  private final OpenStorage storage;
  private final Application application;
  private final StartSubscriptions declared;
  private final Ticker ticker;

  /// Opens the storage and wires the node; nothing else runs before [#start].
  Node(ServerConfig config) {
    this.config = config;
    TimeSource clock = TimeSource.of(InstantSource.system(), System::nanoTime);
    this.declared = StartSubscriptions.of(config, clock);
    RandomGenerator random = new SharedRandom();
    this.requestLog =
        new QueuedRequestLog(config.logs().isForAllRequests(), config.logs().slowRequest());
    this.http = new HttpAdapter(httpSettings(config), requestLog, clock, random);
    this.webhooks = OpenWebhooks.open(config, clock);
    this.storage = OpenStorage.open(config, clock);
    this.application = new Application(dependencies(clock, random), settings(random));
    this.ticker = ticker(clock);
  }

  private static HttpSettings httpSettings(ServerConfig config) {
    return new HttpSettings(
        config.address(),
        config.port(),
        config.limits(),
        config.streams(),
        new HttpSettings.About(Version.current(), config.storage(), config.environment()),
        security(config));
  }

  private static HttpSettings.Security security(ServerConfig config) {
    AccessConfig access = config.access();
    return new HttpSettings.Security(
        access.isOpenOn(config.address()),
        !access.isMetricsLocked(),
        access.tls(),
        access.clients());
  }

  /// Fails if no caller could ever authenticate.
  ///
  /// @throws StartException if callers need a key and no live one exists
  void requireKey() {
    if (!config.access().isOpenOn(config.address())
        && !application.useCases().keys().hasLiveKey()) {
      throw StartException.withoutKey(config.storage());
    }
  }

  /// Fails if a webhook could not be signed later.
  private void requireSecrets() {
    webhooks
        .adapter()
        .problemWithSecrets(storage.ports().subscriptions().all().subscriptions())
        .ifPresent(
            reason -> {
              throw StartException.withWrongSecretsKey(reason);
            });
    var _ =
        new SecretRenewal(
                webhooks.adapter(), storage.ports().subscriptions(), InstantSource.system())
            .run();
  }

  private Dependencies dependencies(TimeSource clock, RandomGenerator random) {
    return new Dependencies(
        storage.ports(),
        storage.queues(),
        Subscription.builtIn(SubscriptionDefinition.of(List.of(TypePattern.ANY), DEMO)),
        handlers(),
        webhooks.adapter().preparation(),
        new JsonContentDigests(),
        new JsonFilterFormat(),
        new UnixCronFormat(),
        List.of(http.listener()),
        clock,
        random,
        new EventIds(clock, random),
        new AccessKeys.Source(storage.ports().keys(), new Secrets(), config.access().adminKey()));
  }

  private Map<String, EventHandler> handlers() {
    return Map.of(
        DEMO.kind(),
        demo(),
        new Destination.Log().kind(),
        new LogHandler(System.out),
        Destination.Webhook.KIND,
        webhooks.adapter().handler());
  }

  private EventHandler demo() {
    EventHandler demo = new DemoHandler(config.processing().delay(), config.processing().isDemo());
    return config
        .processing()
        .journal()
        .<EventHandler>map(file -> new JournalingHandler(demo, file))
        .orElse(demo);
  }

  private ApplicationSettings settings(RandomGenerator random) {
    ServerConfig.Processing processing = config.processing();
    return new ApplicationSettings(
        Version.current(),
        config.role(),
        WorkSettings.of(
            new WorkerId(nodeName(random)),
            processing.workers(),
            processing.lease(),
            processing.timeout()),
        processing.retries(),
        processing.maxBacklog(),
        config.retention(),
        config.activityRetention());
  }

  /// Returns a name that is unique in the installation: host, process id and a random number,
  /// because containers may share the first two.
  private static String nodeName(RandomGenerator random) {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "unknown";
    }
    String chance = HexFormat.of().toHexDigits((short) random.nextInt());
    return host + "-" + ProcessHandle.current().pid() + "-" + chance;
  }

  private Ticker ticker(TimeSource clock) {
    return new Ticker(
        application.upkeep()::tick,
        List.of(
            application.upkeep()::keepUp,
            this::cleanUp,
            application.upkeep()::runBulkJobs,
            application.upkeep()::shareChanges,
            application.upkeep()::drawTokens,
            application.upkeep()::emitTicks,
            application.upkeep()::arrangeLanes),
        http::tick,
        clock);
  }

  private void cleanUp() {
    application.upkeep().cleanUp();
    declared.tick(
        storage.ports(),
        webhooks.adapter().preparationAtStart(),
        application.useCases().activity());
  }

  /// Applies the file that declares subscriptions, and starts processing and listening.
  ///
  /// @throws StartException when the file cannot be applied, or stored secrets cannot be decrypted
  void start() {
    requireSecrets();
    declared.apply(
        storage.ports(),
        webhooks.adapter().preparationAtStart(),
        application.useCases().activity());
    application.start();
    storage
        .messages()
        .accept(
            new FormattedMessages(
                application.useCases().storageIntake(), config.limits().maxPayloadBytes()));
    ticker.start();
    http.start(application);
  }

  /// Returns the port that it listens on.
  int port() {
    return http.port();
  }

  /// Returns the URL for requests.
  String url() {
    String host =
        config.address().isAnyLocalAddress() ? "127.0.0.1" : config.address().getHostAddress();
    String scheme = config.access().tls().isPresent() ? "https://" : "http://";
    return scheme + (host.contains(":") ? "[" + host + "]" : host) + ":" + http.port();
  }

  /// Returns the durability of an acknowledged event, as its wire name.
  String durability() {
    return application.useCases().browse().durability().wireName();
  }

  /// Makes `/ready` report `draining`; without a drain delay, also refuses new events.
  void announceStop() {
    if (config.drainDelay().isZero()) {
      application.refuseNewEvents();
    } else {
      application.announceStop();
    }
  }

  /// Announces the stop, and after the drain delay refuses new events, lets attempts finish,
  /// answers requests in progress, and closes.
  StopReport stop() throws InterruptedException {
    try {
      announceStop();
      Thread.sleep(config.drainDelay());
      return application.stop(config.shutdownGrace());
    } finally {
      http.stop();
      ticker.stop();
      requestLog.finish();
      webhooks.close();
      storage.close();
    }
  }

  Application application() {
    return application;
  }
}
