package dev.sluice.adapter.broker;

import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  /// Is in Redis for as long as it has not lost what it knew.
  private static final String KNOWS = "sluice:knows";

  private static final String LOCK = "sluice:caretaker";
  private static final Duration LONGEST_TURN = Duration.ofMinutes(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

  private final Broker broker;
  private final Own own;
  private final List<String> work;
  private final Supplier<QueueSweep> sweeps;
  private final Gauges gauges;
  private final String name = UUID.randomUUID().toString();
  private int strangers;

  /// What [#KNOWS] held when this node last told of its own deliveries.
  private String known = "";

  private long nextSweep = System.nanoTime();
  private @Nullable Thread thread;

  /// The deliveries that RabbitMQ gave to this node, which no other node can look at.
  ///
  /// @param inbox those that nobody has begun
  /// @param inFlight those in work
  record Own(Inbox inbox, InFlight inFlight) {}

  /// @param own what RabbitMQ gave to this node
  /// @param work queues of deliveries that are not finished
  /// @param sweeps opens a look at queues
  Caretaker(Broker broker, Own own, List<String> work, Supplier<QueueSweep> sweeps) {
    this.broker = broker;
    this.own = own;
    this.work = List.copyOf(work);
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
    lookAtQueues();
    String knows = broker.redis().ask(client -> client.get(KNOWS));
    if (knows != null && !knows.equals(known)) {
      tellOwn();
      known = knows;
    }
  }

  private void tellOwn() {
    var registration = new Registration(broker.scripts());
    List<InFlight.Held> inWork = own.inFlight().all();
    registration.register(inWork.stream().map(held -> held.arrival().message()).toList());
    registration.begin(inWork);
    registration.register(own.inbox().contents());
  }

  private void lookAtQueues() {
    boolean knows = broker.redis().ask(client -> client.exists(KNOWS));
    boolean isSweepDue = System.nanoTime() - nextSweep > 0;
    if (knows && !isSweepDue) {
      return;
    }
    var ifFree = SetParams.setParams().nx().px(LONGEST_TURN.toMillis());
    if (broker.redis().ask(client -> client.set(LOCK, name, ifFree)) == null) {
      return;
    }
    try (QueueSweep sweep = sweeps.get()) {
      if (!broker.redis().ask(client -> client.exists(KNOWS))) {
        tellAll(sweep);
      }
      clearDead(sweep);
      nextSweep = System.nanoTime() + BETWEEN_SWEEPS.toNanos();
    } finally {
      broker.redis().run(UNLOCK, List.of(LOCK, name));
    }
  }

  /// Tells Redis of every delivery in RabbitMQ that it does not know.
  private void tellAll(QueueSweep sweep) {
    var registration = new Registration(broker.scripts());
    long begin = System.nanoTime();
    int[] told = new int[1];
    for (String queue : work) {
      sweep.sweep(
          queue,
          arrivals -> {
            registration.register(arrivals.stream().map(Arrival::message).toList());
            told[0] += arrivals.size();
          });
    }
    sweep.sweep(
        broker.queues().dead(),
        arrivals -> {
          registration.registerDead(arrivals.stream().map(Arrival::message).toList());
          told[0] += arrivals.size();
        });
    String knows = UUID.randomUUID().toString();
    broker.redis().ask(client -> client.set(KNOWS, knows));
    if (told[0] > 0) {
      LOG.log(
          Level.WARNING,
          "Redis knew nothing; it was told of {0} deliveries that are in RabbitMQ, within {1} ms."
              + " What was finished is forgotten",
          told[0],
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    }
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
    }
    List<String> answers = broker.scripts().run(Scripts.DEAD, arguments);
    if (!broker.redis().ask(client -> client.exists(KNOWS))) {
      throw new StoreUnavailableException("Redis was emptied just now");
    }
    for (int index = 0; index < answers.size(); index++) {
      if (answers.get(index).equals("0")) {
        arrivals.get(index).done();
      }
    }
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
