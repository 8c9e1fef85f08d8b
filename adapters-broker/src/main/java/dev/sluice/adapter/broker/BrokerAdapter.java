package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.connection.Prefetch;
import dev.sluice.adapter.broker.connection.Queues;
import dev.sluice.adapter.broker.connection.Rabbit;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.adapter.broker.connection.Topology;
import dev.sluice.adapter.broker.store.RedisActivityLog;
import dev.sluice.adapter.broker.store.RedisKeyStore;
import dev.sluice.adapter.broker.store.RedisPauseStore;
import dev.sluice.adapter.broker.store.RedisRateTokens;
import dev.sluice.adapter.broker.store.RedisScheduleStore;
import dev.sluice.adapter.broker.store.RedisSeriesStore;
import dev.sluice.adapter.broker.store.RedisSubscriptionStore;
import dev.sluice.domain.claim.RateTokens;
import dev.sluice.domain.figures.QueueReport;
import dev.sluice.domain.port.ActivityLog;
import dev.sluice.domain.port.ChangeFeed;
import dev.sluice.domain.port.KeyStore;
import dev.sluice.domain.port.MessageIntake;
import dev.sluice.domain.port.NodeRegistry;
import dev.sluice.domain.port.PauseStore;
import dev.sluice.domain.port.SeriesStore;
import dev.sluice.domain.port.Storage;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.schedule.ScheduleStore;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// The storage over RabbitMQ and Redis, for any number of nodes.
///
/// RabbitMQ has every event that is not finished; Redis keeps the state of all events, and the
/// content of finished ones. Losing Redis loses finished events and may repeat attempts, but never
/// loses an event that is not finished.
public final class BrokerAdapter implements AutoCloseable {

  private final Servers servers;
  private final AppendGroupCommit appends;
  private final BrokerClock clock;
  private final Storage storage;
  private final Inbox inbox;
  private final ForeignMessageConsumer foreignMessages;
  private final BrokerReconciler brokerReconciler;
  private final Sampler sampler;

  private BrokerAdapter(
      Servers servers,
      BrokerClock clock,
      AppendGroupCommit appends,
      Consuming consuming,
      BrokerReconciler brokerReconciler,
      Sampler sampler,
      Storage storage) {
    this.servers = servers;
    this.clock = clock;
    this.appends = appends;
    this.inbox = consuming.inbox();
    this.foreignMessages = consuming.foreignMessages();
    this.brokerReconciler = brokerReconciler;
    this.sampler = sampler;
    this.storage = storage;
  }

  /// Connects, and creates missing queues.
  ///
  /// @param clock this node's time
  /// @param threads makes the threads for work in the background
  /// @throws dev.sluice.domain.port.PortException when RabbitMQ or Redis does not answer
  public static BrokerAdapter open(
      BrokerSettings settings, InstantSource clock, ThreadFactory threads) {
    BrokerAdapter adapter = open(settings, BrokerClock.ofRedis(clock), clock, threads);
    // The first sample is taken before callers ask for the figures.
    adapter.sampler.run();
    adapter.sampler.start(threads);
    adapter.brokerReconciler.start(threads);
    return adapter;
  }

  /// Opens the storage with the clock of a test and without background threads: the test runs the
  /// sampler and the reconciler itself.
  static BrokerAdapter open(
      BrokerSettings settings, BrokerClock clock, InstantSource local, ThreadFactory threads) {
    Redis redis = Redis.at(settings.redis(), settings.keys());
    Rabbit publishing = null;
    Rabbit consuming = null;
    try {
      ServerCheck.of(redis);
      publishing = connect(settings, "publishing", threads);
      ServerCheck.of(publishing);
      consuming = connect(settings, "consuming", threads);
      return wire(settings, clock, local, threads, new Servers(redis, publishing, consuming));
    } catch (RuntimeException e) {
      closeIfConnected(publishing);
      closeIfConnected(consuming);
      redis.close();
      throw e;
    }
  }

  private static Rabbit connect(BrokerSettings settings, String purpose, ThreadFactory threads) {
    return Rabbit.connect(settings.amqp(), settings.connectionName(purpose), threads);
  }

  private static void closeIfConnected(@Nullable Rabbit rabbit) {
    if (rabbit != null) {
      rabbit.close();
    }
  }

  private record Servers(Redis redis, Rabbit publishing, Rabbit consuming) {}

  private static BrokerAdapter wire(
      BrokerSettings settings,
      BrokerClock clock,
      InstantSource local,
      ThreadFactory threads,
      Servers servers) {
    var publishing = Publishing.over(settings, clock, threads, servers);
    var consuming = Consuming.over(settings, clock, local, threads, servers, publishing);
    var reconciler = reconciler(settings, threads, servers, publishing, consuming);
    return new BrokerAdapter(
        servers,
        clock,
        publishing.appends(),
        consuming,
        reconciler,
        new Sampler(reconciler.gauges(), publishing.releases()),
        storage(clock, settings.queues(), servers, publishing, consuming));
  }

  /// What stores events.
  private record Publishing(
      Scripts scripts,
      RedisEvents redisEvents,
      Publisher publisher,
      RedisMemoryUsage memoryUsage,
      Releases releases,
      AppendGroupCommit appends) {

    static Publishing over(
        BrokerSettings settings, BrokerClock clock, ThreadFactory threads, Servers servers) {
      var scripts = new Scripts(servers.redis(), clock, settings.memory());
      var publisher = new Publisher(servers.publishing());
      var memoryUsage = new RedisMemoryUsage(servers.redis(), scripts);
      var releases = new Releases(scripts, Appends.PATIENCE);
      var appends =
          new Appends(clock, scripts, publisher, settings.queues(), memoryUsage, releases);
      return new Publishing(
          scripts,
          new RedisEvents(servers.redis()),
          publisher,
          memoryUsage,
          releases,
          new AppendGroupCommit(appends, threads));
    }
  }

  /// What receives deliveries.
  private record Consuming(
      Inbox inbox,
      InFlight inFlight,
      DelayedDeliveries delayedDeliveries,
      ForeignMessageConsumer foreignMessages) {

    static Consuming over(
        BrokerSettings settings,
        BrokerClock clock,
        InstantSource local,
        ThreadFactory threads,
        Servers servers,
        Publishing publishing) {
      Runnable onMissing = () -> BrokerReconciler.reconcile(servers.redis());
      // Not over the publishing connection: RabbitMQ blocks it while it lacks memory.
      var topology = new Topology(servers.consuming(), settings.queues(), onMissing);
      topology.declareAll();
      var foreign = new ForeignMessageConsumer(publishing.publisher(), settings.queues(), threads);
      var inbox = new Inbox(topology, Prefetch.forSlots(settings.slots()), local, foreign);
      var delayed =
          new DelayedDeliveries(
              clock,
              servers.redis(),
              publishing.publisher(),
              publishing.scripts(),
              topology,
              inbox,
              foreign);
      delayed.know(settings.subscriptions());
      return new Consuming(inbox, new InFlight(), delayed, foreign);
    }

    BrokerDeliveryQueue queue(
        Redis redis, Scripts scripts, BrokerClock clock, Settlements settlements) {
      var delayed = delayedDeliveries;
      var claims = new RedisClaims(clock, scripts, inbox, delayed, inFlight);
      return new BrokerDeliveryQueue(redis, scripts, inbox, delayed, inFlight, claims, settlements);
    }
  }

  private static BrokerReconciler reconciler(
      BrokerSettings settings,
      ThreadFactory threads,
      Servers servers,
      Publishing publishing,
      Consuming consuming) {
    Queues queues = settings.queues();
    var dependencies =
        new ReconcilerDependencies(
            servers.redis(),
            publishing.scripts(),
            publishing.redisEvents(),
            publishing.memoryUsage(),
            publishing.publisher(),
            servers.consuming(),
            queues,
            consuming.inbox(),
            consuming.inFlight(),
            consuming.delayedDeliveries(),
            consuming.foreignMessages());
    return new BrokerReconciler(
        dependencies,
        queues.work(settings.subscriptions()),
        settings.retention(),
        () -> new QueueScan(connect(settings, "looking", threads)));
  }

  private static Storage storage(
      BrokerClock clock,
      Queues queues,
      Servers servers,
      Publishing publishing,
      Consuming consuming) {
    Redis redis = servers.redis();
    Scripts scripts = publishing.scripts();
    Publisher publisher = publishing.publisher();
    var replays = new Replays(clock, publisher, queues, scripts);
    DelayedDeliveries delayed = consuming.delayedDeliveries();
    RedisMemoryUsage memory = publishing.memoryUsage();
    var settlements = new Settlements(clock, publisher, queues, scripts, delayed, memory);
    return new Storage(
        new BrokerEventStore(
            publishing.appends(), redis, publishing.redisEvents(), scripts, servers.publishing()),
        consuming.queue(redis, scripts, clock, settlements),
        new BrokerDeliveryControl(
            clock, publisher, queues, redis, publishing.redisEvents(), scripts, replays),
        new BrokerDeadLetters(redis, scripts),
        new RedisBulkJobs(
            redis,
            scripts,
            new BulkChanges(scripts, replays),
            new LateDeliveries(clock, publisher, queues, scripts)));
  }

  /// Requests a reconciliation: the next node that checks compares RabbitMQ and Redis, and
  /// publishes a message for each delivery that lacks one.
  ///
  /// @throws dev.sluice.domain.port.PortException when Redis does not answer
  public static void reconcile(BrokerSettings settings) {
    try (Redis redis = Redis.at(settings.redis(), settings.keys())) {
      BrokerReconciler.reconcile(redis);
    }
  }

  /// Starts to store what other programs publish to the queue of new events, on a node that claims
  /// deliveries. Call it once.
  public void takeMessages(MessageIntake intake) {
    foreignMessages.open(intake);
  }

  /// Returns how full the queues were at the last sample. Returns at once, without a call to
  /// RabbitMQ or Redis.
  public Optional<QueueReport> queues() {
    return brokerReconciler.gauges().report();
  }

  /// Returns the ports of this storage.
  public Storage storage() {
    return storage;
  }

  /// Returns the store of pauses.
  public PauseStore pauses() {
    return new RedisPauseStore(servers.redis());
  }

  /// Returns the registry of the nodes that share this storage.
  public NodeRegistry nodes() {
    return new RedisNodeRegistry(servers.redis(), clock);
  }

  /// Returns the activity log.
  public ActivityLog activity() {
    return new RedisActivityLog(servers.redis());
  }

  /// Returns the store of API keys.
  public KeyStore keys() {
    return new RedisKeyStore(servers.redis());
  }

  /// Returns the history of figures of all nodes.
  public SeriesStore series() {
    return new RedisSeriesStore(servers.redis());
  }

  /// Returns the store of subscriptions.
  public SubscriptionStore subscriptions() {
    return new RedisSubscriptionStore(servers.redis(), clock::argument);
  }

  /// Returns the schedules of recurring events.
  public ScheduleStore schedules() {
    return new RedisScheduleStore(servers.redis(), clock::argument);
  }

  /// Returns the token buckets of subscriptions with a rate limit.
  public RateTokens rateTokens() {
    return new RedisRateTokens(servers.redis(), clock::argument);
  }

  /// Returns the feed of changes between nodes.
  public ChangeFeed changes() {
    return new RedisChangeFeed(servers.redis(), clock);
  }

  /// Returns the sampler, for tests.
  Sampler sampler() {
    return sampler;
  }

  /// Returns the reconciler, for tests.
  BrokerReconciler reconciler() {
    return brokerReconciler;
  }

  /// Returns unfinished deliveries to RabbitMQ and closes all connections.
  @Override
  public void close() {
    brokerReconciler.close();
    sampler.close();
    foreignMessages.close();
    inbox.close();
    appends.close();
    servers.publishing().close();
    servers.consuming().close();
    servers.redis().close();
  }
}
