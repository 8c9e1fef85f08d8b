package dev.sluice.benchmark;

import dev.sluice.adapter.jdbc.postgres.PostgresAdapter;
import dev.sluice.adapter.jdbc.postgres.PostgresSettings;
import dev.sluice.adapter.jdbc.sqlite.SqliteAdapter;
import dev.sluice.adapter.jdbc.sqlite.SqliteSettings;
import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.adapter.memory.MemorySettings;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.Storage;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.TimeSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/// Measures what many subscriptions cost a storage: claims beside the backlog of a thousand, events
/// with ten deliveries, and the counts of ten thousand. What is compared alternates, and medians
/// are printed.
public final class SubscriptionCost {

  private static final int ROUNDS = 200;
  private static final int BATCH = 64;
  private static final int SUBSCRIPTIONS = 1_000;
  private static final int BACKLOG_OF_EACH = 20;
  private static final int DELIVERIES = 5_000;
  private static final int COUNTED = 10_000;
  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final WorkerId WORKER = new WorkerId("benchmark");
  private static final Payload PAYLOAD = new Payload("{\"pad\":\"" + "x".repeat(200) + "\"}");
  private static final List<SubscriptionName> NAMES =
      IntStream.range(0, COUNTED).mapToObj(n -> new SubscriptionName("s-" + n)).toList();
  private static final List<SubscriptionName> FIRST = NAMES.subList(0, 1);
  private static final List<SubscriptionName> THOUSAND = NAMES.subList(0, SUBSCRIPTIONS);

  private final Storage storage;
  private long events;

  private SubscriptionCost(Storage storage) {
    this.storage = storage;
  }

  /// Arguments: a folder for the files, the URL of a [DatabaseServer].
  public static void main(String[] arguments) throws SQLException {
    Path folder = Path.of(arguments[0]);
    compare("memory", memory(), memory());
    try (SqliteAdapter one = sqlite(folder.resolve("one"));
        SqliteAdapter many = sqlite(folder.resolve("many"))) {
      compare("sqlite", one.storage(), many.storage());
    }
    try (PostgresAdapter one = postgres(arguments[1], "one");
        PostgresAdapter many = postgres(arguments[1], "many")) {
      compare("postgres", one.storage(), many.storage());
    }
  }

  private static void compare(String name, Storage small, Storage large) {
    var one = new SubscriptionCost(small);
    var many = new SubscriptionCost(large);
    Ratio fanOut = Ratio.of(ROUNDS / 10, () -> one.deliveries(1), () -> one.deliveries(10));
    fanOut.print(name + ": deliveries/s of events with one, and with ten", "%,10.0f/s");
    one.append(SUBSCRIPTIONS * BACKLOG_OF_EACH, FIRST);
    THOUSAND.forEach(subscription -> many.append(BACKLOG_OF_EACH, List.of(subscription)));
    many.append(BATCH, FIRST);
    Quotas first = QuotaSamples.only(BATCH, FIRST);
    Ratio.of(ROUNDS, () -> one.claim(first), () -> many.claim(first))
        .print(name + ": claim of one; the others of 1,000 have a quota of 0", "%,10.3f ms");
    Quotas slot = QuotaSamples.only(1, FIRST);
    Quotas anySlot = QuotaSamples.only(1, THOUSAND);
    Ratio.of(ROUNDS, () -> one.claim(slot), () -> many.claim(anySlot))
        .print(name + ": claim for one slot; any of 1,000 may have it", "%,10.3f ms");
    many.count(name);
  }

  private static Storage memory() {
    return MemoryAdapter.storage(
        new MemorySettings(1_000_000, 1L << 30),
        TimeSource.of(InstantSource.system(), System::nanoTime));
  }

  private static SqliteAdapter sqlite(Path folder) {
    return SqliteAdapter.open(
        new SqliteSettings(folder),
        TimeSource.of(InstantSource.system(), System::nanoTime),
        Thread.ofPlatform().daemon().factory());
  }

  private static PostgresAdapter postgres(String server, String name) throws SQLException {
    String database = "subscriptions_" + name;
    try (var connection = Ask.connect(server);
        var statement = connection.createStatement()) {
      statement.execute("create database " + database);
    }
    return PostgresAdapter.open(
        PostgresSettings.of(server.substring(0, server.lastIndexOf('/') + 1) + database, 10, true),
        InstantSource.system(),
        Thread.ofPlatform().daemon().factory());
  }

  private void append(int number, List<SubscriptionName> subscriptions) {
    for (int done = 0; done < number; done += 500) {
      Instant now = Instant.now();
      int size = Math.min(500, number - done);
      storage
          .events()
          .append(IntStream.range(0, size).mapToObj(_ -> event(now, subscriptions)).toList());
    }
  }

  private NewEvent event(Instant now, List<SubscriptionName> subscriptions) {
    return new NewEvent(
        new Event(
            new EventId("event-" + ++events),
            new EventType("order.paid"),
            now,
            now,
            PAYLOAD,
            new Attributes(Map.of())),
        subscriptions);
  }

  /// Claims, and appends as many again, so that the backlog stays.
  ///
  /// @return the milliseconds of the claim
  private double claim(Quotas quotas) {
    // A storage may delay statements on purpose; the pause keeps the delay out of the result.
    LockSupport.parkNanos(PAUSE.toNanos());
    long begin = System.nanoTime();
    List<Claim> claims = storage.deliveries().claim(WORKER, quotas, Duration.ofMinutes(1));
    double millis = (System.nanoTime() - begin) / 1e6;
    if (claims.size() != quotas.total()) {
      throw new IllegalStateException("claimed " + claims.size() + " of " + quotas.total());
    }
    settle(claims);
    append(claims.size(), List.of(claims.getFirst().subscription()));
    return millis;
  }

  private void settle(List<Claim> claims) {
    storage
        .deliveries()
        .settle(claims.stream().map(claim -> new Settlement(claim, Resolution.COMPLETE)).toList());
  }

  /// Stores events with this many deliveries each, and claims and settles them.
  ///
  /// @return deliveries per second
  private double deliveries(int each) {
    List<SubscriptionName> subscriptions = NAMES.subList(0, each);
    Quotas quotas = QuotaSamples.only(500, subscriptions);
    long begin = System.nanoTime();
    append(DELIVERIES / each, subscriptions);
    for (int done = 0; done < DELIVERIES; ) {
      List<Claim> claims = storage.deliveries().claim(WORKER, quotas, Duration.ofMinutes(1));
      settle(claims);
      done += claims.size();
    }
    return DELIVERIES / ((System.nanoTime() - begin) / 1e9);
  }

  /// Measures the counts by subscription, with a backlog of each.
  private void count(String name) {
    NAMES.subList(SUBSCRIPTIONS, COUNTED).forEach(each -> append(1, List.of(each)));
    var millis = new ArrayList<Double>();
    for (int round = 0; round < 20; round++) {
      long begin = System.nanoTime();
      var _ = storage.events().countsBySubscription();
      millis.add((System.nanoTime() - begin) / 1e6);
    }
    System.out.printf(
        "%-70s %,10.1f ms%n", name + ": counts of 10,000 subscriptions", Ratio.median(millis));
  }

  /// Two figures that were measured in alternation.
  private record Ratio(double first, double second) {

    static Ratio of(int rounds, DoubleSupplier one, DoubleSupplier other) {
      var firsts = new ArrayList<Double>();
      var seconds = new ArrayList<Double>();
      for (int round = 0; round < rounds; round++) {
        firsts.add(one.getAsDouble());
        seconds.add(other.getAsDouble());
      }
      return new Ratio(median(firsts), median(seconds));
    }

    /// The first half warms up.
    static double median(List<Double> figures) {
      double[] sorted =
          figures.stream().skip(figures.size() / 2).mapToDouble(Double::doubleValue).toArray();
      Arrays.sort(sorted);
      return sorted[sorted.length / 2];
    }

    void print(String what, String format) {
      System.out.printf(
          "%-70s " + format + " " + format + "   ratio %.2f%n",
          what,
          first,
          second,
          second / first);
    }
  }
}
