package dev.sluice.contract;

import static dev.sluice.contract.LaneSteps.CONTINUE;
import static dev.sluice.contract.LaneSteps.ORDERED;
import static dev.sluice.contract.LaneSteps.arrange;
import static dev.sluice.contract.LaneSteps.ids;
import static dev.sluice.contract.LaneSteps.processAll;
import static dev.sluice.contract.LaneSteps.replay;
import static dev.sluice.contract.LaneSteps.routed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.claim.PriorityOrder;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.Priority;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The promises for deliveries of events with a priority, in a storage with the usual
/// [PriorityOrder].
public interface PriorityContract {

  Duration STEP = PriorityOrder.DEFAULT.step();

  /// Returns a new, empty storage.
  StorageFixture newStorage();

  private static Event event(StorageFixture fixture, String id, int level) {
    return with(Events.event(id, "order.paid", fixture.now()), level);
  }

  /// Returns the event with another priority.
  static Event with(Event event, int level) {
    return new Event(
        event.id(),
        event.type(),
        event.occurredAt(),
        event.receivedAt(),
        event.payload(),
        event.attributes().withPriority(new Priority(level)));
  }

  /// Stores an event with a priority.
  static void append(StorageFixture fixture, String id, int level) {
    fixture.append(event(fixture, id, level));
  }

  private static void schedule(StorageFixture fixture, String id, int level, Duration wait) {
    fixture.append(event(fixture, id, level).withDeliverAt(fixture.now().plus(wait)));
  }

  /// Claims one delivery after another, and completes each.
  private static List<String> oneByOne(StorageFixture fixture) {
    var claimed = new ArrayList<String>();
    while (claimed.size() < 1_000) {
      List<Claim> claims =
          fixture.queue().claim(StorageFixture.WORKER, QuotaSamples.upTo(1), StorageFixture.LEASE);
      if (claims.isEmpty()) {
        return claimed;
      }
      claimed.addAll(ids(claims));
      claims.forEach(claim -> fixture.settle(claim, Resolution.COMPLETE));
    }
    throw new AssertionError("claims do not end: " + claimed);
  }

  @Test
  default void ofThoseDueTogether_theMostUrgentBeginsFirst() {
    StorageFixture fixture = newStorage();
    for (int level : new int[] {5, 0, 9, 3, 7}) {
      append(fixture, "p-" + level, level);
    }

    assertThat(oneByOne(fixture)).containsExactly("p-9", "p-7", "p-5", "p-3", "p-0");
  }

  @Test
  default void ofOnePriority_theOldestBeginsFirst() {
    StorageFixture fixture = newStorage();
    for (String id : List.of("1", "2", "3")) {
      append(fixture, "high-" + id, 8);
      append(fixture, "low-" + id, 2);
      fixture.clock().advance(Duration.ofSeconds(1));
    }

    assertThat(oneByOne(fixture))
        .containsExactly("high-1", "high-2", "high-3", "low-1", "low-2", "low-3");
  }

  @Test
  default void aLargeClaim_takesTheMostUrgent() {
    StorageFixture fixture = newStorage();
    append(fixture, "low", 1);
    append(fixture, "usual", 5);
    append(fixture, "high", 9);

    List<Claim> claims =
        fixture.queue().claim(StorageFixture.WORKER, QuotaSamples.upTo(2), StorageFixture.LEASE);

    assertThat(ids(claims)).containsExactlyInAnyOrder("high", "usual");
  }

  @Test
  default void aDelivery_isNotOvertakenByThoseThatAreDueStepsLater() {
    StorageFixture fixture = newStorage();
    append(fixture, "low", 3);
    fixture.clock().advance(STEP.multipliedBy(2).minusMillis(1));
    append(fixture, "overtakes", 5);
    fixture.clock().advance(Duration.ofMillis(2));
    append(fixture, "too late", 5);

    assertThat(oneByOne(fixture)).containsExactly("overtakes", "low", "too late");
  }

  @Test
  default void anyDeliveries_beginByRank() {
    StorageFixture fixture = newStorage();
    var random = new SplittableRandom(20261201);
    record Sent(String id, Instant rank) {}
    var sent = new ArrayList<Sent>();
    for (int number = 0; number < 60; number++) {
      int level = random.nextInt(10);
      append(fixture, "e-" + number, level);
      sent.add(
          new Sent("e-" + number, PriorityOrder.DEFAULT.rank(new Priority(level), fixture.now())));
      // Odd times, so that no two have the same rank.
      fixture.clock().advance(Duration.ofMillis(7_001L + number));
    }

    assertThat(oneByOne(fixture))
        .containsExactlyElementsOf(
            sent.stream().sorted(Comparator.comparing(Sent::rank)).map(Sent::id).toList());
  }

  @Test
  default void priority_makesNothingDueEarlier() {
    StorageFixture fixture = newStorage();
    schedule(fixture, "high", 9, Duration.ofSeconds(10));

    assertThat(fixture.claimDue()).isEmpty();
    fixture.clock().advance(Duration.ofSeconds(10).minusMillis(1));
    assertThat(fixture.claimDue()).isEmpty();
    fixture.clock().advance(Duration.ofMillis(1));
    assertThat(ids(fixture.claimDue())).containsExactly("high");
  }

  @Test
  default void lowPriority_doesNotWaitForNothing() {
    StorageFixture fixture = newStorage();
    append(fixture, "low", 0);

    assertThat(ids(fixture.claimDue())).containsExactly("low");
  }

  @Test
  default void ofThoseScheduledForOneTime_theMostUrgentBeginsFirst() {
    StorageFixture fixture = newStorage();
    for (int level : new int[] {4, 5, 6}) {
      schedule(fixture, "p-" + level, level, Duration.ofHours(1));
    }
    fixture.clock().advance(Duration.ofHours(1));

    assertThat(oneByOne(fixture)).containsExactly("p-6", "p-5", "p-4");
  }

  @Test
  default void rescheduledDelivery_keepsItsPriority() {
    StorageFixture fixture = newStorage();
    schedule(fixture, "high", 9, Duration.ofHours(1));
    fixture.control().reschedule(new EventId("high"), fixture.now().plusSeconds(10));
    schedule(fixture, "usual", 5, Duration.ofSeconds(9));
    fixture.clock().advance(Duration.ofSeconds(10));

    assertThat(oneByOne(fixture)).containsExactly("high", "usual");
  }

  @Test
  default void retry_keepsItsPriorityAndItsTime() {
    StorageFixture fixture = newStorage();
    append(fixture, "high", 9);
    fixture.settle(fixture.claimOne(), fixture.retryIn(Duration.ofSeconds(5)));
    fixture.clock().advance(Duration.ofSeconds(4));
    append(fixture, "usual", 5);
    assertThat(
            ids(
                fixture
                    .queue()
                    .claim(StorageFixture.WORKER, QuotaSamples.upTo(1), StorageFixture.LEASE)))
        .containsExactly("usual");
    append(fixture, "second", 5);
    fixture.clock().advance(Duration.ofSeconds(1));

    assertThat(oneByOne(fixture)).containsExactly("high", "second");
  }

  @Test
  default void handedBackAndAbandonedDeliveries_keepTheirPriority() {
    StorageFixture fixture = newStorage();
    append(fixture, "high", 9);
    append(fixture, "usual", 5);
    List<Claim> claims = fixture.claimDue();
    claims.forEach(claim -> fixture.settle(claim, Resolution.HAND_BACK));
    assertThat(oneByOne(fixture)).containsExactly("high", "usual");

    append(fixture, "left", 8);
    fixture.settle(
        fixture.claimOne(),
        new Resolution.Retry(
            fixture.now(),
            new FailureCause(FailureCause.Kind.ABANDONED, "Abandoned", "worker lost")));
    assertThat(fixture.claimDue()).isEmpty();
    Claim again =
        fixture
            .queue()
            .claimAbandoned(StorageFixture.WORKER, QuotaSamples.upTo(9), StorageFixture.LEASE)
            .getFirst();
    fixture.settle(again, fixture.retryIn(Duration.ZERO));
    append(fixture, "usual-2", 5);
    assertThat(oneByOne(fixture)).containsExactly("left", "usual-2");
  }

  @Test
  default void replayedDelivery_keepsItsPriority() {
    StorageFixture fixture = newStorage();
    fixture.deadLetter(event(fixture, "low", 1));
    fixture.deadLetter(event(fixture, "high", 7));
    replay(fixture, "low", LanePlace.TAIL);
    fixture.clock().advance(Duration.ofSeconds(1));
    append(fixture, "usual", 5);
    replay(fixture, "high", LanePlace.TAIL);

    assertThat(oneByOne(fixture)).containsExactly("high", "usual", "low");
  }

  @Test
  default void backfilledDelivery_hasThePriorityOfItsEvent() {
    StorageFixture fixture = newStorage();
    append(fixture, "low", 1);
    append(fixture, "usual", 5);
    append(fixture, "high", 7);
    processAll(fixture);

    BulkPlans.backfill(fixture, ORDERED, "low", "usual", "high");

    assertThat(oneByOne(fixture)).containsExactly("high", "usual", "low");
  }

  @Test
  default void counts_knowDeliveriesOfAllPriorities() {
    StorageFixture fixture = newStorage();
    Instant first = fixture.now();
    append(fixture, "low", 2);
    append(fixture, "high", 8);
    fixture.clock().advance(Duration.ofSeconds(1));
    append(fixture, "usual", 5);
    schedule(fixture, "later", 9, Duration.ofHours(1));
    fixture.clock().advance(Duration.ofSeconds(1));

    var queue = fixture.queue();
    assertThat(queue.countDueBefore(SubscriptionName.DEFAULT, fixture.now(), 10)).isEqualTo(3);
    assertThat(queue.countDueBefore(SubscriptionName.DEFAULT, fixture.now(), 2)).isEqualTo(2);
    assertThat(queue.countUnfinished(SubscriptionName.DEFAULT, 10)).isEqualTo(4);
    assertThat(fixture.events().counts().oldestWaiting()).isEqualTo(first);
    var waiting = (DeliveryState.Waiting) delivery(fixture, "later");
    assertThat(waiting.dueAt()).isEqualTo(fixture.now().plus(Duration.ofHours(1)).minusSeconds(1));
  }

  private static DeliveryState delivery(StorageFixture fixture, String id) {
    return fixture.record(id).summary().deliveries().getFirst().state();
  }

  @Test
  default void countAhead_countsWhatBeginsBefore() {
    StorageFixture fixture = newStorage();
    append(fixture, "low", 2);
    append(fixture, "high", 8);
    append(fixture, "usual", 5);
    schedule(fixture, "later", 9, Duration.ofSeconds(30));
    Instant due = fixture.now();
    fixture.clock().advance(Duration.ofSeconds(1));

    assertThat(ahead(fixture, 2, due)).isEqualTo(2);
    assertThat(ahead(fixture, 5, due)).isEqualTo(1);
    assertThat(ahead(fixture, 8, due)).isZero();
    assertThat(fixture.queue().countAhead(SubscriptionName.DEFAULT, new Priority(2), due, 1))
        .isEqualTo(1);
  }

  private static int ahead(StorageFixture fixture, int level, Instant due) {
    return fixture.queue().countAhead(SubscriptionName.DEFAULT, new Priority(level), due, 10);
  }

  @Test
  default void headsOfLanes_beginByPriority() {
    StorageFixture fixture = newStorage();
    for (String id : List.of("a-1", "a-2", "b-1", "b-2")) {
      int level = id.startsWith("b") ? 9 : 5;
      Event event = with(LaneSteps.event(fixture, id.substring(0, 1), id), level);
      LaneSteps.append(fixture, CONTINUE, event);
    }

    assertThat(oneByOne(fixture)).containsExactly("b-1", "b-2", "a-1", "a-2");
  }

  @Test
  default void withinALane_priorityChangesNothing() {
    StorageFixture fixture = newStorage();
    for (int level : new int[] {1, 9, 5}) {
      fixture
          .events()
          .append(
              List.of(routed(with(LaneSteps.event(fixture, "k", "p-" + level), level), CONTINUE)));
    }

    assertThat(processAll(fixture)).containsExactly("p-1", "p-9", "p-5");
  }

  @Test
  default void lanesFormedAndReleased_keepPriorities() {
    StorageFixture fixture = newStorage();
    for (String id : List.of("a-1", "b-1", "b-2")) {
      int level = id.startsWith("b") ? 9 : 5;
      Event event = with(LaneSteps.event(fixture, id.substring(0, 1), id), level);
      fixture.events().append(List.of(new NewEvent(event, List.of(ORDERED))));
    }
    arrange(fixture, Optional.of(CONTINUE));
    arrange(fixture, Optional.empty());
    arrange(fixture, Optional.of(CONTINUE));

    assertThat(oneByOne(fixture)).containsExactly("b-1", "b-2", "a-1");
  }
}
