package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.AttemptRange;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.EventCount;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.Page;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The promises of [dev.sluice.domain.port.EventStore#list].
public interface EventListContract {

  /// Statuses that [#randomFilter] chooses from; no delivery has the last one.
  List<EventStatus> SOME_STATUSES =
      List.of(
          EventStatus.COMPLETED,
          EventStatus.UNROUTED,
          EventStatus.FAILED,
          EventStatus.RETRYING,
          EventStatus.CANCELLED);

  /// Subscriptions of the events with several deliveries.
  List<SubscriptionName> SUBSCRIPTIONS =
      List.of(
          SubscriptionName.DEFAULT, new SubscriptionName("billing"), new SubscriptionName("mail"));

  /// The causes of failures in these tests.
  List<FailureCause> ERRORS =
      List.of(
          new FailureCause(FailureCause.Kind.HANDLER, "NotFound", "order 1"),
          new FailureCause(FailureCause.Kind.HANDLER, "Refused", "order 1"),
          new FailureCause(FailureCause.Kind.TIMEOUT, "TimedOut", "no outcome"));

  /// Returns a new, empty storage with room for at least 10,000 events.
  StorageFixture newStorage();

  @Test
  default void list_isNewestFirst() {
    StorageFixture fixture = newStorage();
    fixture.events().append(Events.many(3));

    assertThat(ids(fixture, EventFilter.ALL, 10)).containsExactly("e-3", "e-2", "e-1");
  }

  @Test
  default void emptyStorage_hasOneEmptyPage() {
    Page<EventSummary> page = newStorage().events().list(EventFilter.ALL, PageRequest.first(10));

    assertThat(page.items()).isEmpty();
    assertThat(page.hasNext()).isFalse();
  }

  @Test
  default void fullLastPage_hasNoNext() {
    StorageFixture fixture = newStorage();
    fixture.events().append(Events.many(4));

    Page<EventSummary> first = fixture.events().list(EventFilter.ALL, PageRequest.first(2));
    Page<EventSummary> second =
        fixture.events().list(EventFilter.ALL, new PageRequest(first.next(), 2));

    assertThat(second.items()).hasSize(2);
    assertThat(second.hasNext()).isFalse();
  }

  @Test
  default void pages_areStableUnderInserts() {
    StorageFixture fixture = newStorage();
    fixture.events().append(Events.many(5));
    Page<EventSummary> first = fixture.events().list(EventFilter.ALL, PageRequest.first(2));

    fixture.append("late");
    Page<EventSummary> second =
        fixture.events().list(EventFilter.ALL, new PageRequest(first.next(), 10));

    assertThat(second.items())
        .extracting(EventListContract::id)
        .containsExactly("e-3", "e-2", "e-1");
  }

  @Test
  default void pages_endEarlyWhenPayloadsAreLarge() {
    StorageFixture fixture = newStorage();
    String large = "\"" + "x".repeat(PageRequest.MAX_CHARACTERS / 2) + "\"";
    for (String id : List.of("a", "b", "c")) {
      fixture.append(Events.withPayload(Events.event(id), large));
    }

    Page<EventSummary> first = fixture.events().list(EventFilter.ALL, PageRequest.first(10));

    assertThat(first.items()).hasSize(2);
    assertThat(first.hasNext()).isTrue();
  }

  /// The attributes of an event take memory, too.
  @Test
  default void attributes_countForTheLengthOfAPage() {
    StorageFixture fixture = newStorage();
    String nearly = "\"" + "x".repeat(PageRequest.MAX_CHARACTERS - 1_000) + "\"";
    fixture.append(Events.event("old"));
    fixture.append(Events.withExtension(Events.withPayload(Events.event("large"), nearly), 2_000));

    Page<EventSummary> first = fixture.events().list(EventFilter.ALL, PageRequest.first(10));

    assertThat(first.items()).extracting(EventListContract::id).containsExactly("large");
    assertThat(first.hasNext()).isTrue();
  }

  @Test
  default void status_followsTheEvent() {
    StorageFixture fixture = newStorage();
    fixture.deadLetter(Events.event("dead"));
    fixture.append("waiting");

    assertThat(ids(fixture, withStatus(EventStatus.FAILED), 10)).containsExactly("dead");
    fixture.control().replay(new EventId("dead"), new ReplayScope.Failed(), LanePlace.TAIL);
    assertThat(ids(fixture, withStatus(EventStatus.FAILED), 10)).isEmpty();
    assertThat(ids(fixture, withStatus(EventStatus.RECEIVED), 10))
        .containsExactly("waiting", "dead");
  }

  @Test
  default void occurredBounds_areInclusive() {
    StorageFixture fixture = newStorage();
    Instant start = SettableClock.START;
    for (int second = 0; second < 5; second++) {
      fixture.append(Events.event("s-" + second, "tick", start.plusSeconds(second)));
    }

    EventFilter middle =
        EventFilter.ALL.occurredBetween(start.plusSeconds(1), start.plusSeconds(3));

    assertThat(ids(fixture, middle, 10)).containsExactly("s-3", "s-2", "s-1");
  }

  /// Every combination of filters returns the same events, page by page, as checking each event
  /// does.
  @Test
  @Tag("slow")
  default void everyFilter_agreesWithLookingAtEachEvent() {
    StorageFixture fixture = newStorage();
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);
    List<EventSummary> all = fill(fixture, random);

    for (int round = 0; round < 120; round++) {
      EventFilter filter = randomFilter(random);
      List<String> expected =
          all.stream().filter(filter::accepts).map(EventListContract::id).toList();

      assertThat(ids(fixture, filter, 1 + random.nextInt(150)))
          .as(filter.toString())
          .isEqualTo(expected);
    }
  }

  /// Stores many events at a time: with one commit per event, commits would dominate the test's
  /// time.
  private static List<EventSummary> fill(StorageFixture fixture, RandomGenerator random) {
    var batch = new EventBatch(fixture);
    int size = 100;
    int count = 3_000;
    for (int number = 0; number < count; number++) {
      // Some storages keep waiting deliveries in motion, which would delay later batches.
      boolean isLastBatch = number >= count - size;
      Instant occurredAt = SettableClock.START.plusSeconds(number - random.nextInt(100));
      Event plain = Events.event("e-" + number, "type-" + random.nextInt(4), occurredAt);
      Event event =
          Events.withPayload(
              number % 3 == 0 ? plain : Events.withKey(plain, "key-" + random.nextInt(5)),
              "{\"n\":" + random.nextInt(7) + "}");
      switch (random.nextInt(4)) {
        case 0 -> die(batch, event, fixture.now(), random);
        case 3 -> batch.add(event, severalOutcomes(fixture, random, isLastBatch));
        case 1 -> batch.add(Events.unrouted(event));
        default -> batch.add(Events.routed(event), Resolution.COMPLETE);
      }
      if (number % size == size - 1) {
        batch.process();
      }
    }
    return pages(fixture, EventFilter.ALL, PageRequest.MAX_LIMIT);
  }

  private static void die(EventBatch batch, Event event, Instant now, RandomGenerator random) {
    SubscriptionName subscription =
        random.nextBoolean() ? SubscriptionName.DEFAULT : new SubscriptionName("billing");
    var attempts = new ArrayList<Resolution>();
    if (random.nextBoolean()) {
      attempts.add(new Resolution.Retry(now, ERRORS.getFirst()));
    }
    attempts.add(new Resolution.DeadLetter(ERRORS.get(random.nextInt(ERRORS.size()))));
    batch.add(new NewEvent(event, List.of(subscription)), attempts.toArray(Resolution[]::new));
  }

  /// Returns outcomes of two or three deliveries: each is completed, a dead letter, or, if it may
  /// wait, waits for a retry.
  private static Map<SubscriptionName, List<Resolution>> severalOutcomes(
      StorageFixture fixture, RandomGenerator random, boolean mayWait) {
    var outcomes = new HashMap<SubscriptionName, List<Resolution>>();
    for (SubscriptionName name : SUBSCRIPTIONS.subList(0, 2 + random.nextInt(2))) {
      FailureCause error = ERRORS.get(random.nextInt(ERRORS.size()));
      Resolution end =
          random.nextBoolean() ? Resolution.COMPLETE : new Resolution.DeadLetter(error);
      boolean waits = mayWait && random.nextBoolean();
      Resolution outcome = waits ? fixture.retryIn(Duration.ofHours(1)) : end;
      outcomes.put(name, List.of(outcome));
    }
    return outcomes;
  }

  private static EventFilter randomFilter(RandomGenerator random) {
    EventFilter filter = EventFilter.ALL;
    if (random.nextBoolean()) {
      filter = filter.withStatuses(Set.copyOf(List.of(anyStatus(random), anyStatus(random))));
    }
    if (random.nextBoolean()) {
      filter =
          filter.withTypes(
              Set.copyOf(
                  List.of(new EventType("type-" + random.nextInt(5)), new EventType("type-1"))));
    }
    if (random.nextBoolean()) {
      filter = filter.withKeys(Set.of("key-" + random.nextInt(6)));
    }
    if (random.nextBoolean()) {
      Instant from = SettableClock.START.plusSeconds(random.nextInt(3_000));
      filter = filter.occurredBetween(from, from.plus(Duration.ofSeconds(random.nextInt(1_000))));
    }
    return withLess(filter, random);
  }

  private static EventStatus anyStatus(RandomGenerator random) {
    return SOME_STATUSES.get(random.nextInt(SOME_STATUSES.size()));
  }

  private static EventFilter withLess(EventFilter all, RandomGenerator random) {
    EventFilter filter = all;
    if (random.nextInt(4) == 0) {
      var billing = new SubscriptionName("billing");
      FailureCause cause = ERRORS.get(random.nextInt(ERRORS.size()));
      filter = filter.withErrors(Set.of(ErrorFingerprint.of(billing, cause)));
    }
    if (random.nextInt(4) == 0) {
      filter = filter.withSubscriptions(Set.of(new SubscriptionName("billing")));
    }
    if (random.nextInt(4) == 0) {
      filter = filter.withAttempts(new AttemptRange(random.nextInt(2), 1 + random.nextInt(2)));
    }
    if (random.nextInt(4) == 0) {
      filter = filter.withText("\"n\":" + random.nextInt(8));
    }
    return filter;
  }

  @Test
  default void count_agreesWithTheList() {
    StorageFixture fixture = newStorage();
    fixture.events().append(Events.many(30));
    fixture.queue().claim(StorageFixture.WORKER, QuotaSamples.upTo(100), StorageFixture.LEASE);
    fixture.deadLetter(Events.event("dead", "other", SettableClock.START));
    EventFilter filter = EventFilter.ALL.withTypes(Set.of(Events.TYPE));

    assertThat(fixture.events().count(filter, Cursor.START, 100))
        .isEqualTo(new EventCount(30, Cursor.END));
    assertThat(fixture.events().count(withStatus(EventStatus.FAILED), Cursor.START, 100).events())
        .isEqualTo(1);
  }

  @Test
  default void count_endsAtItsLimit() {
    StorageFixture fixture = newStorage();
    fixture.events().append(Events.many(5));

    EventCount first = fixture.events().count(EventFilter.ALL, Cursor.START, 3);

    assertThat(first.events()).isEqualTo(3);
    assertThat(fixture.events().count(EventFilter.ALL, first.next(), 3))
        .isEqualTo(new EventCount(2, Cursor.END));
  }

  @Test
  default void newest_liesBeforeWhatIsStoredAndBehindWhatComes() {
    StorageFixture fixture = newStorage();
    fixture.append("before");
    Cursor newest = fixture.events().newest();
    fixture.append("after");

    assertThat(fixture.events().list(EventFilter.ALL, new PageRequest(newest, 10)).items())
        .extracting(EventListContract::id)
        .containsExactly("before");
  }

  private static EventFilter withStatus(EventStatus status) {
    return EventFilter.ALL.withStatuses(Set.of(status));
  }

  private static List<String> ids(StorageFixture fixture, EventFilter filter, int pageSize) {
    return pages(fixture, filter, pageSize).stream().map(EventListContract::id).toList();
  }

  private static List<EventSummary> pages(
      StorageFixture fixture, EventFilter filter, int pageSize) {
    var all = new ArrayList<EventSummary>();
    Cursor cursor = Cursor.START;
    while (!cursor.equals(Cursor.END)) {
      Page<EventSummary> page = fixture.events().list(filter, new PageRequest(cursor, pageSize));
      all.addAll(page.items());
      cursor = page.next();
    }
    return all;
  }

  private static String id(EventSummary event) {
    return event.event().id().value();
  }
}
