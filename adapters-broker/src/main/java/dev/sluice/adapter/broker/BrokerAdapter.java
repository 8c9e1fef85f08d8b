package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.connection.Prefetch;
import dev.sluice.adapter.broker.connection.Queues;
import dev.sluice.adapter.broker.connection.Rabbit;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.adapter.broker.connection.Topology;
import dev.sluice.domain.figures.QueueReport;
import dev.sluice.domain.port.ActivityLog;
import dev.sluice.domain.port.ChangeFeed;
import dev.sluice.domain.port.KeyStore;
import dev.sluice.domain.port.MessageIntake;
import dev.sluice.domain.port.NodeRegistry;
import dev.sluice.domain.port.PauseStore;
import dev.sluice.domain.port.SeriesStore;
import dev.sluice.domain.port.Storage;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/// The storage over RabbitMQ and Redis, for any number of nodes.
///
/// RabbitMQ has every event that is not finished; Redis remembers how events stand, and what
/// finished ones were. Losing Redis costs memory and perhaps repeated attempts, and never an event.
public final class BrokerAdapter implements AutoCloseable {

  private final BrokerContext context;
  private final Storage storage;
  private final Inbox inbox;
  private final ForeignMessageConsumer foreignMessages;
  private final BrokerReconciler brokerReconciler;
  private final Sampler sampler;

  private BrokerAdapter(
      BrokerContext context,
      Inbox inbox,
      ForeignMessageConsumer foreignMessages,
      BrokerReconciler brokerReconciler,
      Storage storage) {
    this.context = context;
    this.inbox = inbox;
    this.foreignMessages = foreignMessages;
    this.brokerReconciler = brokerReconciler;
    this.sampler = new Sampler(brokerReconciler.gauges(), context.releases());
    this.storage = storage;
  }

  /// Connects, and makes the queues if they are not there.
  ///
  /// @param clock this node's time
  /// @param threads for what is done beside the callers' own
  /// @throws dev.sluice.domain.port.PortException when RabbitMQ or Redis do not answer
  public static BrokerAdapter open(
      BrokerSettings settings, InstantSource clock, ThreadFactory threads) {
    BrokerAdapter adapter = open(settings, BrokerClock.ofRedis(clock), clock, threads);
    // The first look is over before anybody asks for the figures.
    adapter.sampler.run();
    adapter.sampler.start(threads);
    adapter.brokerReconciler.start(threads);
    return adapter;
  }

  /// The same by a time that a test moves, with nobody to look after RabbitMQ and Redis but the
  /// test.
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
      if (publishing != null) {
        publishing.close();
      }
      if (consuming != null) {
        consuming.close();
      }
      redis.close();
      throw e;
    }
  }

  private static Rabbit connect(BrokerSettings settings, String purpose, ThreadFactory threads) {
    return Rabbit.connect(settings.amqp(), settings.connectionName(purpose), threads);
  }

  private record Servers(Redis redis, Rabbit publishing, Rabbit consuming) {}

  private static BrokerAdapter wire(
      BrokerSettings settings,
      BrokerClock clock,
      InstantSource local,
      ThreadFactory threads,
      Servers servers) {
    var queues = settings.queues();
    Runnable onMissing = () -> BrokerReconciler.reconcile(servers.redis());
    // Not over the connection that publishes: RabbitMQ holds that up while it lacks memory.
    var topology = new Topology(servers.consuming(), queues, onMissing);
    topology.declareAll();
    BrokerContext context = context(settings, clock, threads, servers, queues);
    var foreignMessages = new ForeignMessageConsumer(context.publisher(), queues, threads);
    var inbox = new Inbox(topology, Prefetch.forSlots(settings.slots()), local, foreignMessages);
    var inFlight = new InFlight();
    var delayedDeliveries = new DelayedDeliveries(context, topology, inbox, foreignMessages);
    delayedDeliveries.know(settings.subscriptions());
    return new BrokerAdapter(
        context,
        inbox,
        foreignMessages,
        new BrokerReconciler(
            context,
            new BrokerReconciler.Dependencies(inbox, inFlight, delayedDeliveries, foreignMessages),
            queues.work(settings.subscriptions()),
            settings.retention(),
            () -> new QueueScan(connect(settings, "looking", threads))),
        new Storage(
            new BrokerEventStore(context),
            new BrokerDeliveryQueue(context, inbox, delayedDeliveries, inFlight),
            new BrokerDeliveryControl(context),
            new BrokerDeadLetters(servers.redis(), context.scripts()),
            new RedisBulkJobs(context)));
  }

  private static BrokerContext context(
      BrokerSettings settings,
      BrokerClock clock,
      ThreadFactory threads,
      Servers servers,
      Queues queues) {
    var scripts = new Scripts(servers.redis(), clock, settings.memory());
    var publisher = new Publisher(servers.publishing());
    var memoryUsage = new RedisMemoryUsage(servers.redis(), scripts);
    var releases = new Releases(scripts, Appends.PATIENCE);
    return new BrokerContext(
        servers.redis(),
        scripts,
        new RedisEvents(servers.redis()),
        servers.publishing(),
        publisher,
        servers.consuming(),
        queues,
        new AppendGroupCommit(
            new Appends(scripts, publisher, queues, memoryUsage, releases), threads),
        releases,
        memoryUsage,
        clock);
  }

  /// Has the next node that looks compare what RabbitMQ and Redis know, and publish a message for
  /// each delivery that lacks one.
  ///
  /// @throws dev.sluice.domain.port.PortException when Redis does not answer
  public static void reconcile(BrokerSettings settings) {
    try (Redis redis = Redis.at(settings.redis(), settings.keys())) {
      BrokerReconciler.reconcile(redis);
    }
  }

  /// Begins to take in what other programs publish to the queue of events, on a node that claims
  /// deliveries. To be called once.
  public void takeMessages(MessageIntake intake) {
    foreignMessages.open(intake);
  }

  /// How full its queues were at the last look. Answers at once, without a call to RabbitMQ or
  /// Redis.
  public Optional<QueueReport> queues() {
    return brokerReconciler.gauges().report();
  }

  /// Its ports.
  public Storage storage() {
    return storage;
  }

  /// The pauses that it keeps.
  public PauseStore pauses() {
    return new RedisPauseStore(context.redis());
  }

  /// The nodes that use it.
  public NodeRegistry nodes() {
    return new RedisNodeRegistry(context.redis(), context.clock());
  }

  /// What operators did.
  public ActivityLog activity() {
    return new RedisActivityLog(context.redis());
  }

  /// The keys of those who call.
  public KeyStore keys() {
    return new RedisKeyStore(context.redis());
  }

  /// The history of figures, of all nodes that use it.
  public SeriesStore series() {
    return new RedisSeriesStore(context.redis());
  }

  /// What they tell each other of changes.
  public ChangeFeed changes() {
    return new RedisChangeFeed(context.redis(), context.clock());
  }

  /// Looks at queues and memory, for tests.
  Sampler sampler() {
    return sampler;
  }

  /// Looks after RabbitMQ and Redis, for tests.
  BrokerReconciler reconciler() {
    return brokerReconciler;
  }

  /// Gives back what nobody has begun, and hangs up.
  @Override
  public void close() {
    brokerReconciler.close();
    sampler.close();
    foreignMessages.close();
    inbox.close();
    context.appends().close();
    context.publishing().close();
    context.consuming().close();
    context.redis().close();
  }
}
