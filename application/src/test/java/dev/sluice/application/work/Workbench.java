package dev.sluice.application.work;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.application.fixture.Chance;
import dev.sluice.application.fixture.HookedQueue;
import dev.sluice.application.fixture.HookedTokens;
import dev.sluice.application.fixture.Samples;
import dev.sluice.application.subscription.SubscriptionCache;
import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.contract.RecordingListener;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.EventHandler;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// A work engine over a memory storage, whose time moves only when a test advances it.
final class Workbench implements AutoCloseable {

  static final WorkerId HERE = new WorkerId("here");
  static final Duration TIMEOUT = Duration.ofSeconds(10);
  static final Duration LEASE = Duration.ofSeconds(30);
  static final Duration SWEEP = Duration.ofSeconds(5);

  final StorageFixture storage = Samples.storage();
  final HookedQueue queue;
  final RecordingListener news = new RecordingListener();
  final HookedTokens tokens = new HookedTokens(MemoryAdapter.rateTokens(storage.clock()));

  /// What the engine paused, and why.
  final Map<SubscriptionName, String> paused = new ConcurrentHashMap<>();

  final WorkEngine engine;

  /// The monotonic clock of the node.
  private final AtomicLong ownTime = new AtomicLong();

  /// What happens before a pause is stored, such as an [dev.sluice.application.fixture.Outage].
  volatile Runnable beforePause = () -> {};

  private Workbench(
      Map<String, EventHandler> handlers,
      RetryPolicy policy,
      WorkSettings settings,
      boolean isShared,
      SubscriptionChange... subscriptions) {
    queue = new HookedQueue(storage.queue(), isShared);
    SubscriptionCache known = Samples.cacheOf(storage.clock(), subscriptions);
    engine =
        new WorkEngine(
            queue,
            new Handlers(known, handlers, policy),
            settings,
            new WorkEngine.Dependencies(
                TimeSource.of(storage.clock(), ownTime::get),
                Chance.LARGEST,
                news,
                tokens,
                this::pause,
                new LaneArranger(Optional.empty(), known::current, () -> 0, storage.clock())));
  }

  private void pause(SubscriptionName subscription, String reason) {
    beforePause.run();
    paused.put(subscription, reason);
    engine.pause(new PausedWork(false, paused.keySet()));
  }

  private static Map<String, EventHandler> only(EventHandler handler) {
    return Map.of(Samples.DESTINATION.kind(), handler);
  }

  /// Creates an engine with two slots for `handler`, and those of `paced` for webhooks.
  static Workbench with(
      EventHandler handler, PacedHandler paced, SubscriptionChange... subscriptions) {
    return new Workbench(
        Map.of(Samples.DESTINATION.kind(), handler, Destination.Webhook.KIND, paced),
        Samples.AT_ONCE,
        new WorkSettings(HERE, 2, LEASE, TIMEOUT, SWEEP),
        true,
        subscriptions);
  }

  static Workbench with(EventHandler handler, RetryPolicy policy, int slots) {
    return with(handler, policy, slots, TIMEOUT);
  }

  static Workbench with(EventHandler handler, RetryPolicy policy, int slots, Duration timeout) {
    return new Workbench(
        only(handler), policy, new WorkSettings(HERE, slots, LEASE, timeout, SWEEP), true);
  }

  /// Creates an engine with two slots for these subscriptions.
  static Workbench with(EventHandler handler, SubscriptionChange... subscriptions) {
    return new Workbench(
        only(handler),
        Samples.AT_ONCE,
        new WorkSettings(HERE, 2, LEASE, TIMEOUT, SWEEP),
        true,
        subscriptions);
  }

  /// Creates an engine for these subscriptions.
  static Workbench with(
      EventHandler handler, int slots, Duration timeout, SubscriptionChange... subscriptions) {
    return new Workbench(
        only(handler),
        Samples.AT_ONCE,
        new WorkSettings(HERE, slots, LEASE, timeout, SWEEP),
        true,
        subscriptions);
  }

  /// Creates the only process that uses its storage.
  static Workbench alone(EventHandler handler, Duration timeout) {
    return new Workbench(
        only(handler), Samples.AT_ONCE, new WorkSettings(HERE, 2, LEASE, timeout, SWEEP), false);
  }

  /// Stores events `e-1`, `e-2`, … and starts the engine.
  Workbench startedWith(int events) {
    storage.events().append(Events.many(events));
    engine.start();
    return this;
  }

  /// Stores events of one subscription, named after it and numbered from `first`.
  void append(String subscription, int first, int count) {
    storage
        .events()
        .append(
            IntStream.range(first, first + count)
                .mapToObj(
                    number ->
                        new NewEvent(
                            Events.event(subscription + "-" + number),
                            List.of(new SubscriptionName(subscription))))
                .toList());
  }

  /// Lets time pass, and the engine do what is due.
  void pass(Duration time) {
    storage.clock().advance(time);
    passHere(time);
  }

  /// Lets time pass on the node only, not on the storage's clock.
  void passHere(Duration time) {
    ownTime.addAndGet(time.toNanos());
    engine.tick();
    engine.keepLeases();
    drawTokens();
  }

  /// Lets time pass on the node only, as a handler that computes does; the engine does nothing.
  void compute(Duration time) {
    ownTime.addAndGet(time.toNanos());
  }

  /// Draws tokens of rate limits, as a node does every 50 ms.
  void drawTokens() {
    try {
      engine.drawTokens();
    } catch (PortException e) {
      // The storage is away; a node retries too.
    }
  }

  void await(String id, EventStatus status) {
    Eventually.holds(id + " is " + status, () -> storage.status(id) == status);
  }

  void awaitInFlight(int count) {
    Eventually.holds(count + " in flight", () -> engine.inFlight() == count);
  }

  void awaitSettleCalls(int count) {
    Eventually.holds(
        count + " settlements tried", () -> queue.hooks().calls(HookedQueue.Call.SETTLE) >= count);
  }

  <T extends Transition> List<T> awaitNews(Class<T> kind, int count) {
    Eventually.holds(count + " " + kind.getSimpleName(), () -> news.all(kind).size() >= count);
    return news.all(kind);
  }

  List<Attempt> attempts(String id) {
    return storage.record(id).history().getFirst().attempts();
  }

  /// Stops what a test left running.
  @Override
  public void close() {
    try {
      engine.drain(Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
