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

/// Keeps RabbitMQ and Redis consistent after faults: registers in an emptied Redis everything that
/// is in RabbitMQ, publishes missing messages, and removes messages from the dead-letter queue that
/// no longer stand for a dead letter. One node at a time does it.
final class BrokerReconciler implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(BrokerReconciler.class.getName());
  private static final Script KNOW = Script.alone("know").evenAtLimit();

  /// The run of Redis that was last reconciled, with a unique suffix.
  private static final String KNOWS = "sluice:knows";

  private static final String LOCK = "sluice:caretaker";
  private static final String SWEPT = "sluice:swept";
  private static final Duration LONGEST_TURN = Duration.ofMinutes(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);
  private static final int ROUNDS_OF_LOSS = 2;
  private static final int FEW = 1_000;
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

  private final ReconcilerDependencies dependencies;
  private final List<String> work;
  private final Duration retention;
  private final Supplier<QueueScan> scans;
  private final Gauges gauges;

  /// Held by the node that reconciles.
  private final RedisLock turn;

  private final String name = UUID.randomUUID().toString();
  private final RareWarning failing = new RareWarning();
  private int foreignMessages;

  /// The value of [#KNOWS] for which this node has registered its own deliveries.
  private String known = "";

  private long nextScan = System.nanoTime();
  private long nextQueues = System.nanoTime() + BETWEEN_SWEEPS.toNanos();

  /// Checks in a row in which RabbitMQ had fewer messages than there are deliveries.
  private int rounds;

  private @Nullable Thread thread;

  /// @param dependencies the deliveries that RabbitMQ sent to this node
  /// @param work queues of deliveries that are not finished
  /// @param retention how long finished events are kept
  /// @param scans opens a queue scan
  BrokerReconciler(
      ReconcilerDependencies dependencies,
      List<String> work,
      Duration retention,
      Supplier<QueueScan> scans) {
    this.dependencies = dependencies;
    this.work = List.copyOf(work);
    this.retention = retention;
    this.scans = scans;
    var all = new ArrayList<>(work);
    all.add(dependencies.queues().dead());
    this.gauges = new Gauges(dependencies, all, name);
    this.turn = new RedisLock(dependencies.redis(), LOCK, name);
  }

  /// Returns the gauges of the queues.
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
          LOG.log(Level.DEBUG, "RabbitMQ or Redis is unavailable", e);
        } catch (RuntimeException | Error e) {
          // Errors too: without this thread no loss would be noticed.
          LOG.log(failing.level(), "reconciling RabbitMQ and Redis failed, retrying", e);
        }
        TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
      }
    } catch (InterruptedException e) {
      // Only close() interrupts.
    }
  }

  /// Requests a reconciliation by the next node that checks.
  static void reconcile(Redis redis) {
    redis.ask(client -> client.del(KNOWS));
  }

  /// Runs the steps that are due: the memory check, missing queues and the reconciliation.
  void look() {
    dependencies.memoryUsage().look();
    if (System.nanoTime() - nextQueues > 0 || !dependencies.delayedDeliveries().hasQueues()) {
      dependencies.delayedDeliveries().restoreQueues();
      nextQueues = System.nanoTime() + BETWEEN_SWEEPS.toNanos();
    }
    String run = run();
    lookAtQueues(run);
    String marker = marker(run);
    if (!marker.isEmpty() && !marker.equals(known)) {
      registerOwn();
      known = marker;
    }
  }

  /// Makes the next [#look] compare counts, as one node does once a minute.
  void sweepSoon() {
    nextScan = System.nanoTime();
    dependencies.redis().ask(client -> client.del(SWEPT));
  }

  /// Returns the id of the current run of Redis. A new run may have lost everything, or the latest
  /// changes.
  private String run() {
    return dependencies.redis().info("server").getOrDefault("run_id", "unknown");
  }

  /// Returns the unique marker of the last reconciliation in this run of Redis; empty if there was
  /// none, or Redis was emptied since.
  private String marker(String run) {
    String marker = dependencies.redis().ask(client -> client.get(KNOWS));
    return marker != null && marker.startsWith(run) ? marker : "";
  }

  private void registerOwn() {
    var registration = new RedisRegistration(dependencies.scripts());
    List<InFlight.Held> inWork = dependencies.inFlight().all();
    registration.register(inWork.stream().map(held -> held.receivedDelivery().message()).toList());
    registration.begin(inWork);
    registration.register(dependencies.inbox().contents());
  }

  private void lookAtQueues(String run) {
    boolean isScanDue = System.nanoTime() - nextScan > 0;
    if (!marker(run).isEmpty() && !isScanDue) {
      return;
    }
    if (!turn.take(LONGEST_TURN)) {
      return;
    }
    try (QueueScan scan = scans.get()) {
      nextScan = System.nanoTime() + BETWEEN_SWEEPS.toNanos();
      if (marker(run).isEmpty()) {
        registerAll(scan);
        dependencies.redis().run(KNOW, List.of(run + " " + UUID.randomUUID()));
        // RabbitMQ requeues the messages of that scan only after its channels are closed, so queues
        // may still look empty: the next look counts messages.
        nextScan = System.nanoTime();
      } else if (isFirstToSweep()) {
        clearDead(scan);
        noticeLoss(scan);
      }
    } finally {
      turn.giveBack();
    }
  }

  /// Returns whether no other node has compared counts within the last minute.
  private boolean isFirstToSweep() {
    return new RedisLock(dependencies.redis(), SWEPT, name).take(BETWEEN_SWEEPS);
  }

  /// Extends the lock, so that no other node begins while this one works.
  private void keepTurn() {
    if (!turn.keep(LONGEST_TURN)) {
      throw new StoreUnavailableException("another node reconciles RabbitMQ and Redis now");
    }
  }

  /// Registers every delivery in RabbitMQ that Redis does not know, and publishes a message for
  /// every delivery that should have one and has none.
  private void registerAll(QueueScan scan) {
    var reconciliation =
        new MissingMessages(
            dependencies.publisher(),
            dependencies.redis(),
            dependencies.redisEvents(),
            dependencies.delayedDeliveries());
    Instant begin = dependencies.scripts().now();
    long before = unfinished();
    registerQueues(scan, reconciliation);
    long registered = unfinished() - before;
    int published = reconciliation.publishMissing(begin);
    if (registered > 0 || published > 0) {
      LOG.log(
          Level.WARNING,
          "reconciled RabbitMQ and Redis in {2}: registered {0} unfinished deliveries in Redis,"
              + " republished {1} missing messages",
          registered,
          published,
          Duration.between(begin, dependencies.scripts().now()));
    }
  }

  private void registerQueues(QueueScan scan, MissingMessages reconciliation) {
    var registration = new RedisRegistration(dependencies.scripts());
    for (String queue : work) {
      scan.run(
          queue,
          receivedDeliveries -> {
            keepTurn();
            registration.register(
                receivedDeliveries.stream().map(ReceivedDelivery::message).toList());
            reconciliation.saw(receivedDeliveries);
          });
    }
    scan.run(
        dependencies.queues().dead(),
        receivedDeliveries ->
            registration.registerDead(
                receivedDeliveries.stream().map(ReceivedDelivery::message).toList()));
  }

  private long unfinished() {
    return dependencies
        .redis()
        .ask(client -> client.hmget("sluice:counts", "dR", "dT", "dP"))
        .stream()
        .filter(Objects::nonNull)
        .mapToLong(Long::parseLong)
        .sum();
  }

  /// Detects messages that RabbitMQ lost without an error, as when an operator purged a queue.
  /// Counts are not taken at the same instant, so a small difference proves nothing, nor does a
  /// single check.
  private void noticeLoss(QueueScan scan) {
    long unfinished = unfinished();
    long messages = gauges.held() + work.stream().mapToLong(scan::depth).sum();
    long slack = messages == 0 ? 0 : FEW + unfinished / 100;
    rounds = unfinished - messages > slack ? rounds + 1 : 0;
    if (rounds >= ROUNDS_OF_LOSS) {
      LOG.log(
          Level.WARNING,
          "{0} deliveries are unfinished, but RabbitMQ has {1} messages: republishing the missing"
              + " ones",
          unfinished,
          messages);
      rounds = 0;
      reconcile(dependencies.redis());
    }
  }

  /// Removes the messages of dead letters that were replayed, discarded or purged.
  private void clearDead(QueueScan scan) {
    int depth = scan.depth(dependencies.queues().dead());
    String dead = dependencies.redis().ask(client -> client.hget("sluice:counts", "dF"));
    long expected = foreignMessages + (dead == null ? 0 : Long.parseLong(dead));
    if (depth > expected) {
      var kept = new HashSet<String>();
      foreignMessages =
          scan.run(
              dependencies.queues().dead(), receivedDeliveries -> clear(receivedDeliveries, kept));
    }
  }

  /// @param kept the messages that stand for dead letters, of those checked so far
  private void clear(List<ReceivedDelivery> receivedDeliveries, Set<String> kept) {
    keepTurn();
    var arguments = new ArrayList<String>(4 * receivedDeliveries.size());
    for (ReceivedDelivery receivedDelivery : receivedDeliveries) {
      DeliveryMessage message = receivedDelivery.message();
      arguments.add(message.event().id().value());
      arguments.add(Long.toString(message.sequence()));
      arguments.add(message.subscriptionText());
      arguments.add(Integer.toString(message.attempts().started()));
      arguments.add(Integer.toString(message.replays()));
    }
    List<String> answers = dependencies.scripts().run(Scripts.DEAD, arguments);
    Instant forgotten = dependencies.scripts().now().minus(retention);
    var unknown = new ArrayList<DeliveryMessage>();
    for (int index = 0; index < answers.size(); index++) {
      ReceivedDelivery receivedDelivery = receivedDeliveries.get(index);
      boolean isUnknown = answers.get(index).equals("unknown");
      if (isUnknown && receivedDelivery.message().dueAt().isAfter(forgotten)) {
        // Retention has not removed it, so Redis has lost it.
        unknown.add(receivedDelivery.message());
      } else if (isUnknown
          || answers.get(index).equals("done")
          || !kept.add(String.join(" ", arguments.subList(5 * index, 5 * index + 5)))) {
        // One message for each dead letter is enough.
        receivedDelivery.done();
      }
    }
    new RedisRegistration(dependencies.scripts()).registerDead(unknown);
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
