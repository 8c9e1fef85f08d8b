package dev.sluice.adapter.broker;

import dev.sluice.domain.port.PortException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.params.SetParams;

/// Keeps RabbitMQ and Redis in step where nobody else does: tells a Redis that was emptied of all
/// that is in RabbitMQ, and takes messages out of the dead letters that no longer stand for one. Of
/// all nodes one at a time does it.
final class Caretaker implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Caretaker.class.getName());
  private static final Script UNLOCK = Script.alone("unlock");

  /// The run of Redis that was told what it did not know.
  private static final String KNOWS = "sluice:knows";

  private static final String RUN = "run_id:";

  private static final String LOCK = "sluice:caretaker";
  private static final Duration LONGEST_TURN = Duration.ofMinutes(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

  private final Broker broker;
  private final Own own;
  private final List<String> work;
  private final Duration retention;
  private final Supplier<QueueSweep> sweeps;
  private final Gauges gauges;
  private final String name = UUID.randomUUID().toString();
  private int strangers;

  /// What [#KNOWS] said when this node told of its own deliveries.
  private String known = "";

  private long nextSweep = System.nanoTime();
  private @Nullable Thread thread;

  /// The deliveries that RabbitMQ gave to this node, which no other node can look at.
  ///
  /// @param inbox those that nobody has begun
  /// @param inFlight those in work
  /// @param detours where messages wait
  record Own(Inbox inbox, InFlight inFlight, Detours detours) {}

  /// @param own what RabbitMQ gave to this node
  /// @param work queues of deliveries that are not finished
  /// @param retention how long finished events are kept
  /// @param sweeps opens a look at queues
  Caretaker(
      Broker broker, Own own, List<String> work, Duration retention, Supplier<QueueSweep> sweeps) {
    this.broker = broker;
    this.own = own;
    this.work = List.copyOf(work);
    this.retention = retention;
    this.sweeps = sweeps;
    var all = new ArrayList<>(work);
    all.add(broker.queues().dead());
    this.gauges = new Gauges(broker, own, all, name);
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
          own.inbox().fit();
          gauges.tell();
        } catch (PortException e) {
          LOG.log(Level.DEBUG, "RabbitMQ or Redis is away", e);
        } catch (RuntimeException e) {
          LOG.log(Level.ERROR, "looking after RabbitMQ and Redis failed, trying again", e);
        }
        TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
      }
    } catch (InterruptedException e) {
      // Only close() interrupts.
    }
  }

  /// Does what is to be done now.
  void look() {
    String run = run();
    lookAtQueues(run);
    String told = told(run);
    if (!told.isEmpty() && !told.equals(known)) {
      tellOwn();
      known = told;
    }
  }

  /// Which run of Redis this is: another one may have lost all, or the latest.
  private String run() {
    String server = broker.redis().ask(client -> client.info("server"));
    return server
        .lines()
        .filter(line -> line.startsWith(RUN))
        .map(line -> line.substring(RUN.length()).strip())
        .findFirst()
        .orElse("unknown");
  }

  /// When this run of Redis was told, in words that nobody says twice; empty when it was not, or
  /// was emptied since.
  private String told(String run) {
    String told = broker.redis().ask(client -> client.get(KNOWS));
    return told != null && told.startsWith(run) ? told : "";
  }

  private void tellOwn() {
    var registration = new Registration(broker.scripts());
    List<InFlight.Held> inWork = own.inFlight().all();
    registration.register(inWork.stream().map(held -> held.arrival().message()).toList());
    registration.begin(inWork);
    registration.register(own.inbox().contents());
  }

  private void lookAtQueues(String run) {
    boolean isSweepDue = System.nanoTime() - nextSweep > 0;
    if (!told(run).isEmpty() && !isSweepDue) {
      return;
    }
    var ifFree = SetParams.setParams().nx().px(LONGEST_TURN.toMillis());
    if (broker.redis().ask(client -> client.set(LOCK, name, ifFree)) == null) {
      return;
    }
    try (QueueSweep sweep = sweeps.get()) {
      if (told(run).isEmpty()) {
        tellAll(sweep);
        String told = run + " " + UUID.randomUUID();
        broker.redis().ask(client -> client.set(KNOWS, told));
      }
      clearDead(sweep);
      nextSweep = System.nanoTime() + BETWEEN_SWEEPS.toNanos();
    } finally {
      broker.redis().run(UNLOCK, List.of(LOCK, name));
    }
  }

  /// Tells Redis of every delivery in RabbitMQ that it does not know, and gives a message to every
  /// delivery that should have one.
  private void tellAll(QueueSweep sweep) {
    var registration = new Registration(broker.scripts());
    var reconciliation = new Reconciliation(broker, own.detours());
    Instant begin = broker.scripts().now();
    long before = unfinished();
    for (String queue : work) {
      sweep.sweep(
          queue,
          arrivals -> {
            registration.register(arrivals.stream().map(Arrival::message).toList());
            reconciliation.saw(arrivals);
          });
    }
    sweep.sweep(
        broker.queues().dead(),
        arrivals -> registration.registerDead(arrivals.stream().map(Arrival::message).toList()));
    long told = unfinished() - before;
    int published = reconciliation.publishMissing(begin);
    if (told > 0 || published > 0) {
      LOG.log(
          Level.WARNING,
          "Redis began anew: it was told of {0} unfinished deliveries that it did not know, and {1}"
              + " that had no message got one, within {2}",
          told,
          published,
          Duration.between(begin, broker.scripts().now()));
    }
  }

  private long unfinished() {
    return broker.redis().ask(client -> client.hmget("sluice:counts", "dR", "dT", "dP")).stream()
        .filter(Objects::nonNull)
        .mapToLong(Long::parseLong)
        .sum();
  }

  /// Dead letters that were replayed, discarded or forgotten leave their messages behind.
  private void clearDead(QueueSweep sweep) {
    int depth = sweep.depth(broker.queues().dead());
    String dead = broker.redis().ask(client -> client.hget("sluice:counts", "dF"));
    long expected = strangers + (dead == null ? 0 : Long.parseLong(dead));
    if (depth > expected) {
      strangers = sweep.sweep(broker.queues().dead(), this::clear);
    }
  }

  private void clear(List<Arrival> arrivals) {
    var arguments = new ArrayList<String>(4 * arrivals.size());
    for (Arrival arrival : arrivals) {
      DeliveryMessage message = arrival.message();
      arguments.add(message.event().id().value());
      arguments.add(Long.toString(message.number()));
      arguments.add(message.subscriptionText());
      arguments.add(Integer.toString(message.attempts().started()));
      arguments.add(Integer.toString(message.replays()));
    }
    List<String> answers = broker.scripts().run(Scripts.DEAD, arguments);
    Instant forgotten = broker.scripts().now().minus(retention);
    var unknown = new ArrayList<DeliveryMessage>();
    for (int index = 0; index < answers.size(); index++) {
      Arrival arrival = arrivals.get(index);
      boolean isUnknown = answers.get(index).equals("unknown");
      if (isUnknown && arrival.message().dueAt().isAfter(forgotten)) {
        // Retention has not taken it away, so Redis has lost it.
        unknown.add(arrival.message());
      } else if (isUnknown || answers.get(index).equals("done")) {
        arrival.done();
      }
    }
    new Registration(broker.scripts()).registerDead(unknown);
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
      gauges.leave();
    } catch (PortException e) {
      // It is found to be silent.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
