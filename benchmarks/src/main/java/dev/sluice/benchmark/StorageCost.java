package dev.sluice.benchmark;

import dev.sluice.adapter.jdbc.postgres.PostgresAdapter;
import dev.sluice.adapter.jdbc.postgres.PostgresSettings;
import dev.sluice.adapter.jdbc.sqlite.SqliteAdapter;
import dev.sluice.adapter.jdbc.sqlite.SqliteSettings;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.Attributes;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.Payload;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.PageRequest;
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
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// Measures the cost of claims and lists with few and with many finished events in the table: steps
/// alternate between two storages, and medians are printed.
public final class StorageCost {

  private static final int ROUNDS = 300;
  private static final int BATCH = 64;
  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final WorkerId WORKER = new WorkerId("benchmark");
  private static final Payload PAYLOAD = new Payload("{\"pad\":\"" + "x".repeat(200) + "\"}");

  private final Storage storage;
  private long events;

  /// Matches the first events, by the time when they occurred.
  private EventFilter oldest = EventFilter.ALL;

  private StorageCost(Storage storage) {
    this.storage = storage;
  }

  /// Arguments: a folder for the files, the number of finished events in the larger storage, the
  /// URL of a [DatabaseServer].
  public static void main(String[] arguments) throws SQLException {
    Path folder = Path.of(arguments[0]);
    int many = Integer.parseInt(arguments[1]);
    try (SqliteAdapter few = sqlite(folder.resolve("few"));
        SqliteAdapter full = sqlite(folder.resolve("many"))) {
      compare("sqlite", few.storage(), full.storage(), many);
    }
    try (PostgresAdapter few = postgres(arguments[2], "few");
        PostgresAdapter full = postgres(arguments[2], "many")) {
      compare("postgres", few.storage(), full.storage(), many);
    }
  }

  private static void compare(String name, Storage few, Storage full, int many) {
    var small = new StorageCost(few);
    var large = new StorageCost(full);
    small.fill(1_000);
    large.fill(many);
    compare(name + ": claim and settle " + BATCH, small::claimAndSettle, large::claimAndSettle);
    compare(name + ": page of 100, all", () -> small.page(ALL), () -> large.page(ALL));
    compare(name + ": page of 100, status", () -> small.page(DONE), () -> large.page(DONE));
    compare(name + ": page of 100, type", () -> small.page(TYPE), () -> large.page(TYPE));
    compare(name + ": page of 100, key", () -> small.page(KEY), () -> large.page(KEY));
    compare(name + ": find one", small::find, large::find);
    compare(
        name + ": page of 100, oldest",
        () -> small.page(small.oldest),
        () -> large.page(large.oldest));
    large.purge(name);
  }

  /// Measures the effect of retention on claims: the same step without and with it.
  private void purge(String name) {
    List<Long> alone = IntStream.range(0, ROUNDS).mapToObj(_ -> claimAndSettle()).toList();
    var purged = new AtomicLong();
    var isOver = new AtomicBoolean();
    Instant old = Instant.now();
    long begin = System.nanoTime();
    Thread retention = startPurging(old, purged, isOver);
    List<Long> beside = IntStream.range(0, ROUNDS).mapToObj(_ -> claimAndSettle()).toList();
    isOver.set(true);
    double seconds = (System.nanoTime() - begin) / 1e9;
    join(retention);
    System.out.printf(
        "%-32s alone %8.3f ms   beside retention %8.3f ms   ratio %.2f   purged %.0f/s%n",
        name + ": claim and settle " + BATCH,
        median(alone) / 1e6,
        median(beside) / 1e6,
        median(beside) / median(alone),
        purged.get() / seconds);
  }

  private Thread startPurging(Instant finishedBefore, AtomicLong purged, AtomicBoolean isOver) {
    return Thread.ofPlatform()
        .start(
            () -> {
              while (!isOver.get()) {
                purged.addAndGet(storage.events().purge(finishedBefore, 1_000));
              }
            });
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final EventFilter ALL = EventFilter.ALL;
  private static final EventFilter DONE =
      EventFilter.ALL.withStatuses(Set.of(EventStatus.COMPLETED));
  private static final EventFilter TYPE =
      EventFilter.ALL.withTypes(Set.of(new EventType("order.paid")));
  private static final EventFilter KEY = EventFilter.ALL.withKeys(Set.of("customer-7"));

  private static PostgresAdapter postgres(String server, String name) throws SQLException {
    try (var connection = Ask.connect(server);
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    String url = server.substring(0, server.lastIndexOf('/') + 1) + name;
    return PostgresAdapter.open(
        PostgresSettings.of(url, 10, true),
        InstantSource.system(),
        Thread.ofPlatform().daemon().factory());
  }

  private static SqliteAdapter sqlite(Path folder) {
    return SqliteAdapter.open(
        new SqliteSettings(folder),
        TimeSource.of(InstantSource.system(), System::nanoTime),
        Thread.ofPlatform().daemon().factory());
  }

  private void fill(int number) {
    for (int done = 0; done < number; done += 500) {
      append(500);
      settle(claim(500));
      if (done == 0) {
        oldest = EventFilter.ALL.occurredBetween(Instant.EPOCH, Instant.now());
      }
    }
  }

  private void append(int number) {
    Instant now = Instant.now();
    List<NewEvent> batch = IntStream.range(0, number).mapToObj(_ -> event(now)).toList();
    storage.events().append(batch);
  }

  private NewEvent event(Instant now) {
    events++;
    var attributes = new Attributes(Map.of(Attributes.KEY, "customer-" + events % 10));
    return new NewEvent(
        new Event(
            new EventId("event-" + events),
            new EventType("order.paid"),
            now,
            now,
            PAYLOAD,
            attributes),
        List.of(SubscriptionName.DEFAULT));
  }

  private List<Claim> claim(int number) {
    return storage.deliveries().claim(WORKER, QuotaSamples.upTo(number), Duration.ofMinutes(1));
  }

  private void settle(List<Claim> claims) {
    storage
        .deliveries()
        .settle(claims.stream().map(claim -> new Settlement(claim, Resolution.COMPLETE)).toList());
  }

  private long claimAndSettle() {
    append(BATCH);
    // A storage may delay statements on purpose; the pause keeps the delay out of the result.
    LockSupport.parkNanos(PAUSE.toNanos());
    long begin = System.nanoTime();
    settle(claim(BATCH));
    return System.nanoTime() - begin;
  }

  private long page(EventFilter filter) {
    long begin = System.nanoTime();
    storage.events().list(filter, PageRequest.first(100));
    return System.nanoTime() - begin;
  }

  private long find() {
    var id = new EventId("event-" + events / 2);
    long begin = System.nanoTime();
    if (storage.events().find(id).isEmpty()) {
      throw new IllegalStateException("not stored: " + id);
    }
    return System.nanoTime() - begin;
  }

  private interface Step {
    long nanos();
  }

  private static void compare(String what, Step few, Step many) {
    var fewTimes = new ArrayList<Long>();
    var manyTimes = new ArrayList<Long>();
    for (int round = 0; round < ROUNDS; round++) {
      fewTimes.add(few.nanos());
      manyTimes.add(many.nanos());
    }
    double fewMedian = median(fewTimes);
    double manyMedian = median(manyTimes);
    System.out.printf(
        "%-32s few finished %8.3f ms   many finished %8.3f ms   ratio %.2f%n",
        what, fewMedian / 1e6, manyMedian / 1e6, manyMedian / fewMedian);
  }

  private static double median(List<Long> times) {
    // The first half warms up.
    long[] sorted = times.stream().skip(times.size() / 2).mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
