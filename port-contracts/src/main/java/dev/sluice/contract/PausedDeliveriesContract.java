package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.figures.StatusCounts;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.port.PageRequest;
import dev.sluice.domain.port.SettlementResult;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The promises of [dev.sluice.domain.port.DeliveryQueue] on subscriptions without a quota, such as
/// paused ones: their deliveries are not claimed, keep their state, and cost others nothing.
public interface PausedDeliveriesContract {

  SubscriptionName MAIL = new SubscriptionName("mail");

  SubscriptionName AUDIT = new SubscriptionName("audit");

  Set<SubscriptionName> MAIL_PAUSED = Set.of(MAIL);

  /// Returns a new, empty storage with room for at least 10,000 events.
  StorageFixture newStorage();

  private static void append(StorageFixture fixture, String id, SubscriptionName... to) {
    var event = Events.event(id, "t", fixture.now());
    fixture.events().append(List.of(new NewEvent(event, List.of(to))));
    fixture.clock().advance(Duration.ofSeconds(1));
  }

  private static List<String> claim(StorageFixture fixture, Set<SubscriptionName> paused) {
    return claims(fixture, 100, paused).stream().map(claim -> claim.event().id().value()).toList();
  }

  private static List<Claim> claims(StorageFixture fixture, int max, Set<SubscriptionName> paused) {
    return fixture
        .queue()
        .claim(StorageFixture.WORKER, QuotaSamples.without(max, paused), StorageFixture.LEASE);
  }

  @Test
  default void pausedSubscription_isLeftAloneAndOthersAreNot() {
    StorageFixture fixture = newStorage();
    append(fixture, "both", MAIL, AUDIT);
    append(fixture, "mail", MAIL);
    append(fixture, "audit", AUDIT);

    List<Claim> claims = claims(fixture, 100, MAIL_PAUSED);

    assertThat(claims).extracting(Claim::subscription).containsExactly(AUDIT, AUDIT);
    assertThat(claims(fixture, 100, MAIL_PAUSED)).isEmpty();
  }

  @Test
  default void waitingRetries_stayRetriesWithTheirDueTime() {
    StorageFixture fixture = newStorage();
    append(fixture, "retry", MAIL);
    Claim first = claims(fixture, 1, Set.of()).getFirst();
    fixture.settle(first, fixture.retryIn(Duration.ofSeconds(10)));
    DeliveryState before = state(fixture, "retry");
    fixture.clock().advance(Duration.ofSeconds(11));

    assertThat(claim(fixture, MAIL_PAUSED)).isEmpty();

    assertThat(state(fixture, "retry")).isEqualTo(before);
    assertThat(state(fixture, "retry")).isEqualTo(before);
    Claim second = claims(fixture, 1, Set.of()).getFirst();
    assertThat(second.attempts().spent()).isEqualTo(2);
  }

  private static DeliveryState state(StorageFixture fixture, String id) {
    return fixture.record(id).summary().deliveries().getFirst().state();
  }

  @Test
  default void pausedDeliveries_areWhatTheyWereForEverybodyElse() {
    StorageFixture fixture = newStorage();
    append(fixture, "1", MAIL);
    append(fixture, "2", MAIL, AUDIT);
    StatusCounts counts = fixture.events().counts();
    List<EventRecord> records = List.of(fixture.record("1"), fixture.record("2"));
    List<EventSummary> list = list(fixture);

    assertThat(claims(fixture, 100, Set.of(MAIL, AUDIT))).isEmpty();

    assertThat(fixture.events().counts()).isEqualTo(counts);
    assertThat(List.of(fixture.record("1"), fixture.record("2"))).isEqualTo(records);
    assertThat(list(fixture)).isEqualTo(list);
  }

  private static List<EventSummary> list(StorageFixture fixture) {
    return fixture
        .events()
        .list(EventFilter.ALL.withStatuses(Set.of(EventStatus.RECEIVED)), PageRequest.first(10))
        .items();
  }

  @Test
  default void pausedDelivery_canBeCancelledReplayedAndPurged() {
    StorageFixture fixture = newStorage();
    append(fixture, "1", MAIL);
    assertThat(claim(fixture, MAIL_PAUSED)).isEmpty();

    assertThat(fixture.control().cancel(new EventId("1"), Set.of()))
        .isInstanceOf(ControlResult.Changed.class);
    assertThat(fixture.status("1")).isEqualTo(EventStatus.CANCELLED);

    fixture.control().replay(new EventId("1"), new ReplayScope.All(), LanePlace.TAIL);
    assertThat(claim(fixture, MAIL_PAUSED)).isEmpty();
    fixture.control().cancel(new EventId("1"), Set.of());
    assertThat(fixture.events().purge(fixture.now().plusSeconds(1), 10)).isEqualTo(1);
    assertThat(fixture.events().counts().of(DeliveryStatus.RECEIVED)).isZero();
  }

  @Test
  default void eventWithPausedDelivery_isNotPurged() {
    StorageFixture fixture = newStorage();
    append(fixture, "1", MAIL, AUDIT);
    claims(fixture, 100, MAIL_PAUSED).forEach(claim -> fixture.settle(claim, Resolution.COMPLETE));

    assertThat(fixture.events().purge(fixture.now().plusSeconds(1), 10)).isZero();

    assertThat(fixture.status("1")).isEqualTo(EventStatus.RECEIVED);
  }

  /// A storage may remember that claims found nothing this old.
  @Test
  default void deliveryOfAnEndedPause_isClaimedAtOnceHoweverOldItIs() {
    StorageFixture fixture = newStorage();
    append(fixture, "old", MAIL);
    assertThat(claim(fixture, MAIL_PAUSED)).isEmpty();
    assertThat(claim(fixture, MAIL_PAUSED)).isEmpty();
    fixture.clock().advance(Duration.ofMinutes(1));
    append(fixture, "new-1", AUDIT);
    append(fixture, "new-2", AUDIT);
    assertThat(claims(fixture, 1, MAIL_PAUSED)).hasSize(1);

    assertThat(claim(fixture, Set.of())).containsExactlyInAnyOrder("old", "new-2");
  }

  /// However long the backlog of paused deliveries in front, others are claimed soon.
  @Test
  default void longPausedBacklog_isInNoOnesWay() {
    StorageFixture fixture = newStorage();
    fixture.events().append(many(9_000));
    append(fixture, "audit", AUDIT);
    var claimed = new ArrayList<String>();

    for (int tries = 0; tries < 10 && claimed.isEmpty(); tries++) {
      claimed.addAll(claim(fixture, MAIL_PAUSED));
    }

    assertThat(claimed).containsExactly("audit");
    // They have been due equally long, so any of them may come first.
    assertThat(claims(fixture, 3, Set.of()))
        .hasSize(3)
        .allSatisfy(claim -> assertThat(claim.subscription()).isEqualTo(MAIL));
    assertThat(fixture.events().counts().of(DeliveryStatus.RECEIVED)).isEqualTo(8_997);
  }

  private static List<NewEvent> many(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> new NewEvent(Events.event("e-" + number), List.of(MAIL)))
        .toList();
  }

  @Test
  default void handedBackDelivery_isLeftAloneToo() {
    StorageFixture fixture = newStorage();
    append(fixture, "1", MAIL);
    Claim claim = claims(fixture, 1, Set.of()).getFirst();

    fixture.settle(claim, Resolution.HAND_BACK);

    assertThat(claim(fixture, MAIL_PAUSED)).isEmpty();
    assertThat(claim(fixture, Set.of())).containsExactly("1");
  }

  @Test
  default void runningAttempt_isSettledWhilePaused() {
    StorageFixture fixture = newStorage();
    append(fixture, "1", MAIL);
    append(fixture, "2", MAIL);
    Claim running = claims(fixture, 1, Set.of()).getFirst();
    assertThat(claim(fixture, MAIL_PAUSED)).isEmpty();

    fixture.settle(running, Resolution.COMPLETE);

    assertThat(fixture.status("1")).isEqualTo(EventStatus.COMPLETED);
    assertThat(fixture.status("2")).isEqualTo(EventStatus.RECEIVED);
  }

  @Test
  default void oldestWaiting_countsWhatIsPaused() {
    StorageFixture fixture = newStorage();
    append(fixture, "1", MAIL);
    append(fixture, "2", AUDIT);
    var before = fixture.events().counts().oldestWaiting();

    assertThat(claim(fixture, Set.of(MAIL, AUDIT))).isEmpty();

    assertThat(fixture.events().counts().oldestWaiting()).isEqualTo(before);
  }

  @Test
  default void countDueBefore_countsTheSubscriptionUpToTheLimit() {
    StorageFixture fixture = newStorage();
    for (int number = 0; number < 5; number++) {
      append(fixture, "mail-" + number, MAIL);
      append(fixture, "audit-" + number, AUDIT);
    }

    assertThat(count(fixture, MAIL, fixture.now(), 100)).isEqualTo(5);
    assertThat(count(fixture, MAIL, fixture.now(), 4)).isEqualTo(4);
    assertThat(count(fixture, MAIL, fixture.now().minusSeconds(6), 100)).isEqualTo(2);
    assertThat(claims(fixture, 1, MAIL_PAUSED)).hasSize(1);
    assertThat(count(fixture, AUDIT, fixture.now(), 100)).isEqualTo(4);
    assertThat(count(fixture, new SubscriptionName("none"), fixture.now(), 100)).isZero();
  }

  private static int count(
      StorageFixture fixture, SubscriptionName subscription, Instant before, int limit) {
    return fixture.queue().countDueBefore(subscription, before, limit);
  }

  @Test
  default void countUnfinished_countsTheSubscriptionUpToTheLimit() {
    StorageFixture fixture = newStorage();
    append(fixture, "1", MAIL, AUDIT);
    append(fixture, "2", MAIL);
    append(fixture, "3", MAIL);

    assertThat(fixture.queue().countUnfinished(MAIL, 100)).isEqualTo(3);
    assertThat(fixture.queue().countUnfinished(MAIL, 2)).isEqualTo(2);
    assertThat(fixture.queue().countUnfinished(AUDIT, 100)).isEqualTo(1);
    List<Claim> running = claims(fixture, 100, MAIL_PAUSED);
    assertThat(fixture.queue().countUnfinished(AUDIT, 100)).as("in progress").isEqualTo(1);
    running.forEach(claim -> fixture.settle(claim, Resolution.COMPLETE));
    assertThat(fixture.queue().countUnfinished(AUDIT, 100)).isZero();
  }

  @Test
  default void cancelWaiting_leavesOthersAndWhatIsInProgress() {
    StorageFixture fixture = newStorage();
    append(fixture, "1", MAIL, AUDIT);
    Claim running = claims(fixture, 1, Set.of(AUDIT)).getFirst();
    for (int number = 2; number <= 5; number++) {
      append(fixture, "" + number, MAIL, AUDIT);
    }

    assertThat(fixture.control().cancelWaiting(MAIL, 3)).isEqualTo(3);
    assertThat(fixture.control().cancelWaiting(MAIL, 3)).isEqualTo(1);
    assertThat(fixture.control().cancelWaiting(MAIL, 3)).isZero();

    assertThat(fixture.settle(running, Resolution.COMPLETE)).isEqualTo(SettlementResult.SETTLED);
    assertThat(fixture.events().counts().of(DeliveryStatus.CANCELLED)).isEqualTo(4);
    assertThat(fixture.events().counts().of(DeliveryStatus.RECEIVED)).isEqualTo(5);
    assertThat(fixture.queue().countUnfinished(MAIL, 9)).isZero();
    assertThat(claims(fixture, 100, Set.of())).extracting(Claim::subscription).containsOnly(AUDIT);
  }

  @Test
  default void awaitWork_returnsWhenQuotasHaveGrown() throws Exception {
    StorageFixture fixture = newStorage();
    append(fixture, "1", MAIL);
    assertThat(claim(fixture, MAIL_PAUSED)).isEmpty();
    var isPaused = new AtomicBoolean(true);
    var found = new CountDownLatch(1);
    Thread waiter = Thread.ofVirtual().start(() -> claimInLoop(fixture, isPaused, found));
    Eventually.holds(
        "the waiter waits",
        () -> Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING).contains(waiter.getState()));

    isPaused.set(false);
    Eventually.holds(
        "it is found",
        () -> {
          fixture.queue().wakeUp();
          return found.getCount() == 0;
        });
  }

  private static void claimInLoop(
      StorageFixture fixture, AtomicBoolean isPaused, CountDownLatch found) {
    try {
      Set<SubscriptionName> paused = MAIL_PAUSED;
      while (claims(fixture, 1, paused).isEmpty()) {
        fixture.queue().awaitWork(QuotaSamples.without(1, paused), Duration.ofDays(1));
        paused = isPaused.get() ? MAIL_PAUSED : Set.of();
      }
      found.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// A rate limit holds up what exceeds it, as a pause does, and nothing else.
  @Test
  default void deliveriesOverTheRate_waitForTokens() {
    StorageFixture fixture = newStorage();
    var mail = new SubscriptionName("mail");
    for (int number = 0; number < 10; number++) {
      fixture.events().append(List.of(new NewEvent(Events.event("m-" + number), List.of(mail))));
    }
    fixture.append("other");

    assertThat(claimed(fixture, QuotaSamples.withinRate(100, mail, 3))).hasSize(4);
    assertThat(claimed(fixture, QuotaSamples.withinRate(100, mail, 0))).isEmpty();
    assertThat(claimed(fixture, QuotaSamples.withinRate(100, mail, 2))).hasSize(2);
    assertThat(claimed(fixture, QuotaSamples.upTo(100))).hasSize(5);
  }

  private static List<Claim> claimed(StorageFixture fixture, Quotas quotas) {
    return fixture.queue().claim(StorageFixture.WORKER, quotas, StorageFixture.LEASE);
  }
}
