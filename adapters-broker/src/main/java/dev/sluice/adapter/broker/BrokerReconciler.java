package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.codec.DeliveryMessage;
import dev.sluice.adapter.broker.connection.RareWarning;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.adapter.broker.connection.RedisLock;
import dev.sluice.adapter.broker.connection.Script;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps RabbitMQ and Redis in step where nobody else does: tells a Redis that was emptied of all
/// that is in RabbitMQ, and takes messages out of the dead letters that no longer stand for one. Of
/// all nodes one at a time does it.
final class BrokerReconciler implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(BrokerReconciler.class.getName());
  private static final Script KNOW = Script.alone("know").evenAtLimit();

  /// The run of Redis that was told what it did not know.
  private static final String KNOWS = "sluice:knows";

  private static final String LOCK = "sluice:caretaker";
  private static final String SWEPT = "sluice:swept";
  private static final Duration LONGEST_TURN = Duration.ofMinutes(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);
  private static final int ROUNDS_OF_LOSS = 2;
  private static final int FEW = 1_000;
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

  private final BrokerContext context;
  private final Dependencies dependencies;
  private final List<String> work;
  private final Duration retention;
  private final Supplier<QueueScan> sweeps;
  private final Gauges gauges;

  /// To be the one that does it.
  private final RedisLock turn;

  private final String name = UUID.randomUUID().toString();
  private final RareWarning failing = new RareWarning();
  private int foreignMessages;

  /// What [#KNOWS] said when this node told of its own deliveries.
  private String known = "";

  private long nextSweep = System.nanoTime();
  private long nextQueues = System.nanoTime() + BETWEEN_SWEEPS.toNanos();

  /// How often in a row RabbitMQ had fewer messages than there are deliveries.
  private int rounds;

  private @Nullable Thread thread;

  /// The deliveries that RabbitMQ gave to this node, which no other node can look at.
  ///
  /// @param inbox those that nobody has begun
  /// @param inFlight those in work
  /// @param delayedDeliveries where messages wait
  /// @param foreignMessages sees to messages of other programs
  record Dependencies(
      Inbox inbox,
      InFlight inFlight,
      DelayedDeliveries delayedDeliveries,
      ForeignMessageConsumer foreignMessages) {}

  /// @param dependencies what RabbitMQ gave to this node
  /// @param work queues of deliveries that are not finished
  /// @param retention how long finished events are kept
  /// @param sweeps opens a look at queues
  BrokerReconciler(
      BrokerContext context,
      Dependencies dependencies,
      List<String> work,
      Duration retention,
      Supplier<QueueScan> sweeps) {
    this.context = context;
    this.dependencies = dependencies;
    this.work = List.copyOf(work);
    this.retention = retention;
    this.sweeps = sweeps;
    var all = new ArrayList<>(work);
    all.add(context.queues().dead());
    this.gauges = new Gauges(context, dependencies, all, name);
    this.turn = new RedisLock(context.redis(), LOCK, name);
  }

  /// Tells how full the queues are.
  Gauges gauges() {
    return gauges;
  }

  void start(ThreadFactory threads) {
    Thread started = threads.newThread(this::loop);
    thread = started;
    started.start();
  }

  private void loop() {
    try {
      while (true) {
        try {
          look();
          dependencies.inbox().fit();
        } catch (PortException e) {
          LOG.log(Level.DEBUG, "RabbitMQ or Redis is away", e);
        } catch (RuntimeException | Error e) {
          // Also errors: without this thread nothing would be noticed any more.
          LOG.log(failing.level(), "looking after RabbitMQ and Redis failed, trying again", e);
        }
        TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
      }
    } catch (InterruptedException e) {
      // Only close() interrupts.
    }
  }

  /// Has what RabbitMQ and Redis know brought in step again, by the next node that looks.
  static void reconcile(Redis redis) {
    redis.ask(client -> client.del(KNOWS));
  }

  /// Does what is to be done now.
  void look() {
    context.redisMemoryUsage().look();
    if (System.nanoTime() - nextQueues > 0 || !dependencies.delayedDeliveries().hasQueues()) {
      dependencies.delayedDeliveries().restoreQueues();
      nextQueues = System.nanoTime() + BETWEEN_SWEEPS.toNanos();
    }
    String run = run();
    lookAtQueues(run);
    String told = told(run);
    if (!told.isEmpty() && !told.equals(known)) {
      tellOwn();
      known = told;
    }
  }

  /// Has the next look compare counts, as one node does once a minute.
  void sweepSoon() {
    nextSweep = System.nanoTime();
    context.redis().ask(client -> client.del(SWEPT));
  }

  /// Which run of Redis this is: another one may have lost all, or the latest.
  private String run() {
    return context.redis().info("server").getOrDefault("run_id", "unknown");
  }

  /// When this run of Redis was told, in words that nobody says twice; empty when it was not, or
  /// was emptied since.
  private String told(String run) {
    String told = context.redis().ask(client -> client.get(KNOWS));
    return told != null && told.startsWith(run) ? told : "";
  }

  private void tellOwn() {
    var registration = new RedisRegistration(context.scripts());
    List<InFlight.Held> inWork = dependencies.inFlight().all();
    registration.register(inWork.stream().map(held -> held.receivedDelivery().message()).toList());
    registration.begin(inWork);
    registration.register(dependencies.inbox().contents());
  }

  private void lookAtQueues(String run) {
    boolean isSweepDue = System.nanoTime() - nextSweep > 0;
    if (!told(run).isEmpty() && !isSweepDue) {
      return;
    }
    if (!turn.take(LONGEST_TURN)) {
      return;
    }
    try (QueueScan sweep = sweeps.get()) {
      nextSweep = System.nanoTime() + BETWEEN_SWEEPS.toNanos();
      if (told(run).isEmpty()) {
        tellAll(sweep);
        context.redis().run(KNOW, List.of(run + " " + UUID.randomUUID()));
        // RabbitMQ requeues what that sweep read only after its channels are closed, so queues may
        // still look empty: the next look counts messages.
        nextSweep = System.nanoTime();
      } else if (isFirstToSweep()) {
        clearDead(sweep);
        noticeLoss(sweep);
      }
    } finally {
      turn.giveBack();
    }
  }

  /// One node in a minute is enough.
  private boolean isFirstToSweep() {
    return new RedisLock(context.redis(), SWEPT, name).take(BETWEEN_SWEEPS);
  }

  /// However long it takes, no other node begins meanwhile.
  private void keepTurn() {
    if (!turn.keep(LONGEST_TURN)) {
      throw new StoreUnavailableException("another node looks after RabbitMQ and Redis");
    }
  }

  /// Tells Redis of every delivery in RabbitMQ that it does not know, and gives a message to every
  /// delivery that should have one.
  private void tellAll(QueueScan sweep) {
    var registration = new RedisRegistration(context.scripts());
    var reconciliation = new MissingMessages(context, dependencies.delayedDeliveries());
    Instant begin = context.scripts().now();
    long before = unfinished();
    for (String queue : work) {
      sweep.sweep(
          queue,
          receivedDeliveries -> {
            keepTurn();
            registration.register(
                receivedDeliveries.stream().map(ReceivedDelivery::message).toList());
            reconciliation.saw(receivedDeliveries);
          });
    }
    sweep.sweep(
        context.queues().dead(),
        receivedDeliveries ->
            registration.registerDead(
                receivedDeliveries.stream().map(ReceivedDelivery::message).toList()));
    long told = unfinished() - before;
    int published = reconciliation.publishMissing(begin);
    if (told > 0 || published > 0) {
      LOG.log(
          Level.WARNING,
          "Redis began anew: it was told of {0} unfinished deliveries that it did not know, and {1}"
              + " that had no message got one, within {2}",
          told,
          published,
          Duration.between(begin, context.scripts().now()));
    }
  }

  private long unfinished() {
    return context.redis().ask(client -> client.hmget("sluice:counts", "dR", "dT", "dP")).stream()
        .filter(Objects::nonNull)
        .mapToLong(Long::parseLong)
        .sum();
  }

  /// RabbitMQ may have lost messages without a word, as when somebody emptied a queue. Counts are
  /// taken one after the other, so that a few are no sign, nor is once.
  private void noticeLoss(QueueScan sweep) {
    long unfinished = unfinished();
    long messages = gauges.held() + work.stream().mapToLong(sweep::depth).sum();
    long slack = messages == 0 ? 0 : FEW + unfinished / 100;
    rounds = unfinished - messages > slack ? rounds + 1 : 0;
    if (rounds >= ROUNDS_OF_LOSS) {
      LOG.log(
          Level.WARNING,
          "{0} deliveries are unfinished, but RabbitMQ has {1} messages: those that lack one get it"
              + " again",
          unfinished,
          messages);
      rounds = 0;
      reconcile(context.redis());
    }
  }

  /// Dead letters that were replayed, discarded or forgotten leave their messages behind.
  private void clearDead(QueueScan sweep) {
    int depth = sweep.depth(context.queues().dead());
    String dead = context.redis().ask(client -> client.hget("sluice:counts", "dF"));
    long expected = foreignMessages + (dead == null ? 0 : Long.parseLong(dead));
    if (depth > expected) {
      var kept = new HashSet<String>();
      foreignMessages =
          sweep.sweep(
              context.queues().dead(), receivedDeliveries -> clear(receivedDeliveries, kept));
    }
  }

  /// @param kept the messages that stand for dead letters, of those that were looked at
  private void clear(List<ReceivedDelivery> receivedDeliveries, Set<String> kept) {
    keepTurn();
    var arguments = new ArrayList<String>(4 * receivedDeliveries.size());
    for (ReceivedDelivery receivedDelivery : receivedDeliveries) {
      DeliveryMessage message = receivedDelivery.message();
      arguments.add(message.event().id().value());
      arguments.add(Long.toString(message.number()));
      arguments.add(message.subscriptionText());
      arguments.add(Integer.toString(message.attempts().started()));
      arguments.add(Integer.toString(message.replays()));
    }
    List<String> answers = context.scripts().run(Scripts.DEAD, arguments);
    Instant forgotten = context.scripts().now().minus(retention);
    var unknown = new ArrayList<DeliveryMessage>();
    for (int index = 0; index < answers.size(); index++) {
      ReceivedDelivery receivedDelivery = receivedDeliveries.get(index);
      boolean isUnknown = answers.get(index).equals("unknown");
      if (isUnknown && receivedDelivery.message().dueAt().isAfter(forgotten)) {
        // Retention has not taken it away, so Redis has lost it.
        unknown.add(receivedDelivery.message());
      } else if (isUnknown
          || answers.get(index).equals("done")
          || !kept.add(String.join(" ", arguments.subList(5 * index, 5 * index + 5)))) {
        // Of two messages for one dead letter one is enough.
        receivedDelivery.done();
      }
    }
    new RedisRegistration(context.scripts()).registerDead(unknown);
  }

  @Override
  public void close() {
    Thread running = thread;
    if (running == null) {
      return;
    }
    running.interrupt();
    try {
      running.join(LONGEST_CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
