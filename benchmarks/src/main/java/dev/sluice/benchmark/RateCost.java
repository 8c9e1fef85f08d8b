package dev.sluice.benchmark;

import dev.sluice.adapter.jdbc.postgres.PostgresAdapter;
import dev.sluice.adapter.jdbc.postgres.PostgresSettings;
import dev.sluice.application.subscription.SubscriptionCache;
import dev.sluice.application.work.Handlers;
import dev.sluice.application.work.LaneArranger;
import dev.sluice.application.work.WorkEngine;
import dev.sluice.application.work.WorkSettings;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.subscription.DeliveryPolicy;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.RateLimit;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import dev.sluice.domain.time.TimeSource;
import dev.sluice.format.JsonFilterFormat;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Measures rate limits with two nodes on one PostgreSQL: how far the rate is off, and what a limit
/// costs that is twice what the nodes can do.
public final class RateCost {

  private static final TimeSource CLOCK = TimeSource.of(InstantSource.system(), System::nanoTime);
  private static final Destination DESTINATION = new Destination.Demo();
  private static final SubscriptionName NAME = new SubscriptionName("rated");
  private static final int BATCH = 500;
  private static final int ROUND = 20_000;
  private static final int WARM_UP = 4;
  private static final int ROUNDS = 7;

  private final String url;
  private final AtomicLong completed = new AtomicLong();
  private long events;

  private RateCost(String url) {
    this.url = url;
  }

  /// Argument: the URL of a [DatabaseServer].
  public static void main(String[] arguments) throws Exception {
    String server = arguments[0];
    try (var connection = Ask.connect(server);
        var statement = connection.createStatement()) {
      statement.execute("create database rates");
    }
    var cost = new RateCost(server.substring(0, server.lastIndexOf('/') + 1) + "rates");
    for (int perSecond : new int[] {20, 200, 1_000}) {
      cost.deviation(perSecond);
    }
    cost.cost();
  }

  private void deviation(int perSecond) throws InterruptedException {
    try (var pair = new Pair(Optional.of(new RateLimit(perSecond, perSecond)))) {
      append(pair, perSecond * 20);
      pair.start();
      TimeUnit.SECONDS.sleep(3);
      long before = completed.get();
      long begin = System.nanoTime();
      TimeUnit.SECONDS.sleep(12);
      double rate = (completed.get() - before) / ((System.nanoTime() - begin) / 1e9);
      System.out.printf(
          "postgres, two nodes: %5d/s wanted %8.1f/s measured   off by %+.1f %%%n",
          perSecond, rate, 100 * (rate / perSecond - 1));
      pair.finish();
    }
  }

  private void cost() {
    double usual = 0;
    for (int round = 0; round < WARM_UP; round++) {
      usual = Math.max(usual, throughput(Optional.empty()));
    }
    int above = (int) (2 * usual);
    double[] ratios = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      double without = throughput(Optional.empty());
      double with = throughput(Optional.of(new RateLimit(above, above)));
      ratios[round] = with / without;
      System.out.printf("  without limit %6.0f/s   with %6.0f/s%n", without, with);
    }
    Arrays.sort(ratios);
    System.out.printf(
        "postgres, two nodes: throughput with a limit %.3f of that without%n", ratios[ROUNDS / 2]);
  }

  private double throughput(Optional<RateLimit> limit) {
    try (var pair = new Pair(limit)) {
      append(pair, ROUND);
      long before = completed.get();
      long begin = System.nanoTime();
      pair.start();
      while (completed.get() - before < ROUND) {
        LockSupport.parkNanos(1_000_000);
      }
      return ROUND / ((System.nanoTime() - begin) / 1e9);
    }
  }

  private void append(Pair pair, int count) {
    for (int done = 0; done < count; done += BATCH) {
      Instant now = Instant.now();
      int size = Math.min(BATCH, count - done);
      pair.first.adapter.storage().events().append(batch(size, now));
    }
  }

  private List<NewEvent> batch(int size, Instant now) {
    return IntStream.range(0, size)
        .mapToObj(
            _ ->
                new NewEvent(
                    new Event(
                        new EventId("event-" + ++events),
                        new EventType("order.paid"),
                        now,
                        now,
                        new Payload("{\"pad\":\"" + "x".repeat(200) + "\"}"),
                        new Attributes(Map.of())),
                    List.of(NAME)))
        .toList();
  }

  /// Two nodes.
  private final class Pair implements AutoCloseable {
    private final OneNode first;
    private final OneNode second;

    Pair(Optional<RateLimit> limit) {
      first = new OneNode("first", limit);
      second = new OneNode("second", limit);
    }

    void start() {
      first.start();
      second.start();
    }

    /// Deletes what is left of the backlog.
    void finish() {
      close();
      try (var connection = Ask.connect(url);
          var statement = connection.createStatement()) {
        statement.execute("truncate waiting, rate_bucket");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      first.close();
      second.close();
    }
  }

  /// A node without HTTP.
  private final class OneNode {
    private final PostgresAdapter adapter;
    private final WorkEngine engine;
    private final ScheduledExecutorService ticker = Executors.newScheduledThreadPool(3);

    OneNode(String name, Optional<RateLimit> limit) {
      adapter =
          PostgresAdapter.open(
              PostgresSettings.of(url, 10, true),
              InstantSource.system(),
              Thread.ofPlatform().daemon().factory());
      var settings =
          WorkSettings.of(new WorkerId(name), 64, Duration.ofSeconds(30), Duration.ofSeconds(10));
      SubscriptionCache known = subscriptions(limit);
      engine =
          new WorkEngine(
              adapter.storage().deliveries(),
              handlers(known),
              settings,
              new WorkEngine.Dependencies(
                  CLOCK,
                  RandomGenerator.getDefault(),
                  _ -> {},
                  adapter.rateTokens(),
                  (_, _) -> {},
                  new LaneArranger(Optional.empty(), known::current, () -> 0, CLOCK)));
    }

    private SubscriptionCache subscriptions(Optional<RateLimit> limit) {
      var policy = new DeliveryPolicy(Optional.empty(), Optional.empty(), Optional.empty(), limit);
      var definition =
          new SubscriptionDefinition(
              "", List.of(TypePattern.ANY), Optional.empty(), DESTINATION, policy);
      var change =
          new SubscriptionChange(
              NAME,
              SubscriptionChange.Expected.ANY,
              definition,
              Lifecycle.ACTIVE,
              Subscription.Origin.API);
      var _ = adapter.subscriptions().change(List.of(change), "benchmark", Instant.now());
      var cache =
          new SubscriptionCache(
              adapter.subscriptions(),
              Subscription.builtIn(definition),
              new JsonFilterFormat(),
              CLOCK);
      cache.refresh();
      return cache;
    }

    private Handlers handlers(SubscriptionCache cache) {
      return new Handlers(
          cache,
          Map.of(
              DESTINATION.kind(),
              (_, _) -> {
                completed.incrementAndGet();
                return Outcome.SUCCEEDED;
              }),
          new RetryPolicy(2, Duration.ZERO, Duration.ZERO, Duration.ZERO));
    }

    void start() {
      engine.start();
      every50Ms(engine::tick);
      every50Ms(engine::keepLeases);
      every50Ms(engine::drawTokens);
    }

    private void every50Ms(Runnable task) {
      var _ = ticker.scheduleWithFixedDelay(task, 50, 50, TimeUnit.MILLISECONDS);
    }

    void close() {
      try {
        var _ = engine.drain(Duration.ofSeconds(5));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      var _ = ticker.shutdownNow();
      adapter.close();
    }
  }
}
