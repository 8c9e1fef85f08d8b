package dev.sluice.adapter.jdbc.postgres;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Events;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.Priority;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.port.Storage;
import dev.sluice.domain.subscription.Ordering;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two nodes store, claim and settle deliveries of the same lanes at the same time, so that both
/// give the same lanes new heads.
@Timeout(120)
final class PostgresLaneRacesTest {

  private static final int KEYS = 12;
  private static final int EVENTS_OF_A_KEY = 150;
  private static final int PRODUCERS = 2;
  private static final int WORKERS = 4;
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final SubscriptionName MAIL = new SubscriptionName("mail");
  private static final Ordering CONTINUE = new Ordering(Ordering.OnFailure.CONTINUE);

  private final SettableClock clock = new SettableClock();
  private final List<PostgresAdapter> nodes = new ArrayList<>();

  /// The event of each key that is in progress.
  private final Map<String, String> inProgress = new ConcurrentHashMap<>();

  private final AtomicInteger stored = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> overlaps = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Event> completed = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void start() {
    nodes.add(TestDatabase.empty(clock));
    nodes.add(TestDatabase.open(clock));
  }

  @AfterEach
  void stop() {
    nodes.forEach(PostgresAdapter::close);
  }

  @Test
  void nodesThatRaceForHeads_keepTheOrderOfEachLane() throws Exception {
    List<Callable<Integer>> tasks = new ArrayList<>();
    IntStream.range(0, PRODUCERS).forEach(number -> tasks.add(() -> produce(number)));
    IntStream.range(0, WORKERS).forEach(number -> tasks.add(() -> work(number)));
    try (var threads = Executors.newFixedThreadPool(tasks.size())) {
      for (Future<Integer> task : threads.invokeAll(tasks)) {
        assertThat(task.get()).isPositive();
      }
    }

    assertThat(overlaps).isEmpty();
    Map<String, List<String>> order =
        completed.stream()
            .collect(
                groupingBy(
                    PostgresLaneRacesTest::key, mapping(event -> event.id().value(), toList())));
    assertThat(order).hasSize(KEYS);
    order.forEach(
        (key, ids) ->
            assertThat(ids)
                .containsExactlyElementsOf(
                    IntStream.range(0, EVENTS_OF_A_KEY)
                        .mapToObj(number -> key + "-" + number)
                        .toList()));
  }

  private static String key(Event event) {
    return event.attributes().key().orElseThrow();
  }

  private Storage storage(int number) {
    return nodes.get(number % nodes.size()).storage();
  }

  /// Stores the events of some keys, those of each in order, and only when most lanes are empty: a
  /// new delivery then meets the settlement of the last one before it.
  private int produce(int number) {
    var random = new SplittableRandom(number);
    long end = System.nanoTime() + LIMIT.toNanos();
    for (int event = 0; event < EVENTS_OF_A_KEY; event++) {
      var batch = new ArrayList<NewEvent>();
      for (int key = number; key < KEYS; key += PRODUCERS) {
        batch.add(event("k" + key, event, random.nextInt(10)));
      }
      awaitFewLeft(end);
      assertThat(storage(event).events().append(batch)).hasSize(batch.size());
      stored.addAndGet(batch.size());
    }
    return EVENTS_OF_A_KEY;
  }

  private void awaitFewLeft(long end) {
    while (stored.get() - completed.size() > KEYS / 2 && System.nanoTime() < end) {
      LockSupport.parkNanos(100_000);
    }
  }

  private NewEvent event(String key, int number, int level) {
    Event plain = Events.withKey(Events.event(key + "-" + number, "a", clock.instant()), key);
    var event =
        new Event(
            plain.id(),
            plain.type(),
            plain.occurredAt(),
            plain.receivedAt(),
            plain.payload(),
            plain.attributes().withPriority(new Priority(level)));
    return new NewEvent(
        event, List.of(MAIL), 1, Optional.empty(), Map.of(), Map.of(MAIL, CONTINUE));
  }

  /// Processes deliveries until all are completed.
  private int work(int number) throws InterruptedException {
    var random = new SplittableRandom(100 + number);
    var worker = new WorkerId("worker-" + number);
    var quotas = QuotaSamples.only(4, List.of(MAIL));
    long end = System.nanoTime() + LIMIT.toNanos();
    while (completed.size() < KEYS * EVENTS_OF_A_KEY && System.nanoTime() < end) {
      List<Claim> claims = storage(number).deliveries().claim(worker, quotas, StorageFixture.LEASE);
      if (claims.isEmpty()) {
        storage(number).deliveries().awaitWork(quotas, PAUSE);
      }
      claims.forEach(this::begin);
      List<Settlement> settlements =
          claims.stream().map(claim -> new Settlement(claim, outcome(random))).toList();
      settlements.forEach(this::end);
      assertThat(storage(number).deliveries().settle(settlements))
          .allMatch(SettlementResult.SETTLED::equals);
    }
    return completed.size();
  }

  private void begin(Claim claim) {
    String before = inProgress.put(key(claim.event()), claim.event().id().value());
    if (before != null) {
      overlaps.add(before + " and " + claim.event().id());
    }
  }

  /// The next delivery of the lane may begin before the call that settles this one returns.
  private void end(Settlement settlement) {
    inProgress.remove(key(settlement.claim().event()));
    if (settlement.resolution().equals(Resolution.COMPLETE)) {
      completed.add(settlement.claim().event());
    }
  }

  private Resolution outcome(SplittableRandom random) {
    return switch (random.nextInt(10)) {
      case 0, 1 -> new Resolution.Retry(clock.instant(), StorageFixture.CAUSE);
      case 2 -> Resolution.HAND_BACK;
      default -> Resolution.COMPLETE;
    };
  }
}
