package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.figures.DueCounts;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The promises for deliveries whose first attempt is to begin later.
public interface ScheduledDeliveriesContract {

  Duration HOUR = Duration.ofHours(1);
  SubscriptionName MAIL = new SubscriptionName("mail");
  SubscriptionName AUDIT = new SubscriptionName("audit");

  /// Returns a new, empty storage.
  StorageFixture newStorage();

  private static Event event(StorageFixture fixture, String id) {
    return Events.event(id, "order.paid", fixture.now());
  }

  private static AppendResult schedule(StorageFixture fixture, String id, Duration wait) {
    return fixture.append(event(fixture, id).withDeliverAt(fixture.now().plus(wait)));
  }

  private static List<String> claim(StorageFixture fixture) {
    return fixture.claimDue().stream().map(claim -> claim.event().id().value()).toList();
  }

  private static DeliveryState.Waiting waiting(StorageFixture fixture, String id) {
    return (DeliveryState.Waiting) fixture.record(id).summary().deliveries().getFirst().state();
  }

  private static ControlResult reschedule(StorageFixture fixture, String id, Duration wait) {
    return fixture.control().reschedule(new EventId(id), fixture.now().plus(wait));
  }

  @Test
  default void scheduledDelivery_beginsAtItsTimeAndNotBefore() {
    StorageFixture fixture = newStorage();
    schedule(fixture, "e-1", HOUR);

    fixture.clock().advance(HOUR.minusMillis(1));
    assertThat(claim(fixture)).isEmpty();
    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.RECEIVED);
    fixture.clock().advance(Duration.ofMillis(1));

    assertThat(claim(fixture)).containsExactly("e-1");
  }

  @Test
  default void scheduledDelivery_entersWhenItIsStoredAndIsDueLater() {
    StorageFixture fixture = newStorage();
    Instant stored = fixture.now();
    AppendResult result = schedule(fixture, "e-1", HOUR);

    assertThat(waiting(fixture, "e-1").enteredAt()).isEqualTo(stored);
    assertThat(waiting(fixture, "e-1").dueAt()).isEqualTo(stored.plus(HOUR));
    assertThat(result).isEqualTo(new AppendResult.Stored(fixture.record("e-1").summary()));
  }

  @Test
  default void scheduledDelivery_keepsNoOtherBack() {
    StorageFixture fixture = newStorage();
    schedule(fixture, "later", HOUR);
    fixture.append(event(fixture, "now"));

    assertThat(claim(fixture)).containsExactly("now");
  }

  @Test
  default void timeThatHasPassed_isDueAtOnce() {
    StorageFixture fixture = newStorage();
    Instant stored = fixture.now();
    schedule(fixture, "e-1", HOUR.negated());

    assertThat(waiting(fixture, "e-1").dueAt()).isEqualTo(stored);
    assertThat(claim(fixture)).containsExactly("e-1");
  }

  @Test
  default void scheduledDelivery_countsAsReceivedButNotAsWaitingForAWorker() {
    StorageFixture fixture = newStorage();
    schedule(fixture, "e-1", HOUR);

    assertThat(fixture.events().counts().of(EventStatus.RECEIVED)).isEqualTo(1);
    assertThat(fixture.events().counts().oldestWaiting()).isEqualTo(Instant.MAX);
  }

  @Test
  default void delayOfASubscription_isForItsDeliveriesAlone() {
    StorageFixture fixture = newStorage();
    fixture
        .events()
        .append(
            List.of(
                new NewEvent(
                    event(fixture, "e-1"),
                    List.of(AUDIT, MAIL),
                    1,
                    Optional.empty(),
                    Map.of(MAIL, HOUR))));

    assertThat(fixture.claimOne().subscription()).isEqualTo(AUDIT);
    fixture.clock().advance(HOUR);
    assertThat(fixture.claimOne().subscription()).isEqualTo(MAIL);
  }

  @Test
  default void delayOfASubscription_countsFromTheTimeOfTheEvent() {
    StorageFixture fixture = newStorage();
    Event event = event(fixture, "e-1").withDeliverAt(fixture.now().plus(HOUR));
    fixture
        .events()
        .append(
            List.of(new NewEvent(event, List.of(MAIL), 1, Optional.empty(), Map.of(MAIL, HOUR))));

    fixture.clock().advance(HOUR);
    assertThat(claim(fixture)).isEmpty();
    fixture.clock().advance(HOUR);
    assertThat(claim(fixture)).containsExactly("e-1");
  }

  @Test
  default void retryOfAScheduledDelivery_waitsForItsBackOffOnly() {
    StorageFixture fixture = newStorage();
    schedule(fixture, "e-1", HOUR);
    fixture.clock().advance(HOUR);
    fixture.settle(fixture.claimOne(), fixture.retryIn(Duration.ofSeconds(2)));

    fixture.clock().advance(Duration.ofSeconds(2));

    assertThat(fixture.claimOne().attempt()).isEqualTo(2);
  }

  @Test
  default void handedBackScheduledDelivery_isDueAgain() {
    StorageFixture fixture = newStorage();
    schedule(fixture, "e-1", HOUR);
    fixture.clock().advance(HOUR);
    fixture.settle(fixture.claimOne(), Resolution.HAND_BACK);

    assertThat(fixture.claimOne().attempts().spent()).isEqualTo(1);
  }

  @Test
  default void cancelledScheduledDelivery_neverBegins() {
    StorageFixture fixture = newStorage();
    schedule(fixture, "e-1", HOUR);
    var _ = fixture.control().cancel(new EventId("e-1"), Set.of());

    fixture.clock().advance(HOUR);

    assertThat(claim(fixture)).isEmpty();
    assertThat(fixture.status("e-1")).isEqualTo(EventStatus.CANCELLED);
  }

  @Test
  default void replayOfAScheduledEvent_beginsAtOnce() {
    StorageFixture fixture = newStorage();
    schedule(fixture, "e-1", HOUR);
    var _ = fixture.control().cancel(new EventId("e-1"), Set.of());

    var _ = fixture.control().replay(new EventId("e-1"), new ReplayScope.All(), LanePlace.TAIL);

    assertThat(claim(fixture)).containsExactly("e-1");
  }

  @Test
  default void reschedule_movesTheFirstAttemptBack() {
    StorageFixture fixture = newStorage();
    schedule(fixture, "e-1", HOUR);

    ControlResult result = reschedule(fixture, "e-1", HOUR.multipliedBy(2));

    assertThat(result).isInstanceOf(ControlResult.Changed.class);
    fixture.clock().advance(HOUR);
    assertThat(claim(fixture)).isEmpty();
    fixture.clock().advance(HOUR);
    assertThat(claim(fixture)).containsExactly("e-1");
  }

  @Test
  default void reschedule_movesTheFirstAttemptForward() {
    StorageFixture fixture = newStorage();
    schedule(fixture, "e-1", HOUR);

    var _ = reschedule(fixture, "e-1", Duration.ofMinutes(1));

    assertThat(claim(fixture)).isEmpty();
    fixture.clock().advance(Duration.ofMinutes(1));
    Claim claim = fixture.claimOne();
    assertThat(claim.attempts().started()).isEqualTo(1);
    fixture.settle(claim, Resolution.COMPLETE);
    fixture.clock().advance(HOUR);
    assertThat(claim(fixture)).isEmpty();
  }

  @Test
  default void reschedule_toATimeThatHasPassed_beginsAtOnce() {
    StorageFixture fixture = newStorage();
    schedule(fixture, "e-1", HOUR);
    fixture.clock().advance(Duration.ofMinutes(1));
    Instant now = fixture.now();

    var _ = reschedule(fixture, "e-1", HOUR.negated());

    assertThat(waiting(fixture, "e-1").dueAt()).isEqualTo(now);
    assertThat(claim(fixture)).containsExactly("e-1");
  }

  @Test
  default void reschedule_delaysADeliveryThatIsDue() {
    StorageFixture fixture = newStorage();
    fixture.append(event(fixture, "e-1"));

    var _ = reschedule(fixture, "e-1", HOUR);

    assertThat(claim(fixture)).isEmpty();
    fixture.clock().advance(HOUR);
    assertThat(claim(fixture)).containsExactly("e-1");
  }

  @Test
  default void reschedule_isShownByTheEventAndItsDelivery() {
    StorageFixture fixture = newStorage();
    schedule(fixture, "e-1", HOUR);
    fixture.clock().advance(Duration.ofMinutes(1));
    Instant now = fixture.now();

    ControlResult result = reschedule(fixture, "e-1", HOUR);

    var summary = fixture.record("e-1").summary();
    assertThat(result)
        .isEqualTo(new ControlResult.Changed(summary, List.of(SubscriptionName.DEFAULT)));
    assertThat(summary.event().deliverAt()).isEqualTo(now.plus(HOUR));
    assertThat(waiting(fixture, "e-1").dueAt()).isEqualTo(now.plus(HOUR));
    assertThat(waiting(fixture, "e-1").enteredAt()).isEqualTo(now);
  }

  @Test
  default void claimAfterAReschedule_hasTheEventAsItIs() {
    StorageFixture fixture = newStorage();
    schedule(fixture, "e-1", HOUR);
    var _ = reschedule(fixture, "e-1", Duration.ofMinutes(1));
    fixture.clock().advance(Duration.ofMinutes(1));

    assertThat(fixture.claimOne().event()).isEqualTo(fixture.record("e-1").summary().event());
  }

  @Test
  default void reschedule_leavesDeliveriesAloneThatWereAttempted() {
    StorageFixture fixture = newStorage();
    fixture.events().append(List.of(new NewEvent(event(fixture, "e-1"), List.of(AUDIT, MAIL))));
    Claim first =
        fixture.queue().claim(StorageFixture.WORKER, QuotaSamples.upTo(1), HOUR).getFirst();
    fixture.settle(first, Resolution.HAND_BACK);

    ControlResult result = reschedule(fixture, "e-1", HOUR);

    SubscriptionName untried = first.subscription().equals(MAIL) ? AUDIT : MAIL;
    assertThat(((ControlResult.Changed) result).subscriptions()).containsExactly(untried);
    assertThat(fixture.claimOne().subscription()).isEqualTo(first.subscription());
  }

  @Test
  default void reschedule_isNotAllowedOnceAttempted() {
    StorageFixture fixture = newStorage();
    schedule(fixture, "e-1", Duration.ZERO);
    Claim claim = fixture.claimOne();

    assertThat(reschedule(fixture, "e-1", HOUR)).isInstanceOf(ControlResult.NotAllowed.class);
    fixture.settle(claim, fixture.retryIn(HOUR));
    assertThat(reschedule(fixture, "e-1", HOUR)).isInstanceOf(ControlResult.NotAllowed.class);
  }

  @Test
  default void reschedule_isNotAllowedWithoutADelivery() {
    StorageFixture fixture = newStorage();
    fixture.events().append(List.of(Events.unrouted(event(fixture, "e-1"))));

    assertThat(reschedule(fixture, "e-1", HOUR)).isInstanceOf(ControlResult.NotAllowed.class);
  }

  @Test
  default void reschedule_ofAnUnknownEvent_isNotFound() {
    assertThat(reschedule(newStorage(), "nobody", HOUR)).isInstanceOf(ControlResult.NotFound.class);
  }

  @Test
  default void dueSoon_countsWhatBecomesDueInEachStep() {
    StorageFixture fixture = newStorage();
    fixture.append(event(fixture, "retried"));
    fixture.settle(fixture.claimOne(), fixture.retryIn(Duration.ofSeconds(30)));
    schedule(fixture, "overdue", Duration.ofSeconds(1));
    fixture.clock().advance(Duration.ofSeconds(2));
    schedule(fixture, "soon-1", Duration.ofSeconds(90));
    Event urgent = PriorityContract.with(event(fixture, "soon-2"), 9);
    fixture.append(urgent.withDeliverAt(fixture.now().plusSeconds(119)));
    schedule(fixture, "last", Duration.ofSeconds(179));
    schedule(fixture, "beyond", Duration.ofSeconds(181));

    DueCounts counts = fixture.events().dueSoon(Duration.ofMinutes(1), 3);

    assertThat(counts.counts()).containsExactly(1L, 2L, 1L);
    assertThat(counts.isAtLeast()).isFalse();
    assertThat(counts.from()).isEqualTo(fixture.now());
    assertThat(counts.until()).isEqualTo(fixture.now().plusSeconds(180));
  }

  @Test
  default void backfilledDelivery_waitsForTheTimeOfItsEvent() {
    StorageFixture fixture = newStorage();
    schedule(fixture, "e-1", HOUR);

    BulkPlans.backfill(fixture, MAIL, "e-1");

    assertThat(claim(fixture)).isEmpty();
    fixture.clock().advance(HOUR);
    assertThat(fixture.claimDue().stream().map(Claim::subscription))
        .containsExactlyInAnyOrder(SubscriptionName.DEFAULT, MAIL);
  }
}
