package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.figures.CountsBySubscription;
import dev.sluice.domain.figures.SubscriptionCounts;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The promises of [dev.sluice.domain.port.EventStore#countsBySubscription].
public interface SubscriptionCountsContract {

  SubscriptionName MAIL = new SubscriptionName("mail");

  SubscriptionName AUDIT = new SubscriptionName("audit");

  SubscriptionName IDLE = new SubscriptionName("idle");

  /// Returns a new, empty storage with room for at least 10,000 events.
  StorageFixture newStorage();

  private static void append(StorageFixture fixture, String id, SubscriptionName... to) {
    var event = Events.event(id, "t", fixture.now());
    fixture.events().append(List.of(new NewEvent(event, List.of(to))));
  }

  /// Claims all due deliveries but those of one subscription.
  private static List<Claim> claimWithout(StorageFixture fixture, SubscriptionName paused) {
    return fixture
        .queue()
        .claim(
            StorageFixture.WORKER, QuotaSamples.without(100, Set.of(paused)), StorageFixture.LEASE);
  }

  private static SubscriptionCounts counts(StorageFixture fixture, SubscriptionName name) {
    return fixture.events().countsBySubscription().of(name);
  }

  private static void assertCounts(
      SubscriptionCounts counts, long received, long retrying, long processing, long failed) {
    assertThat(counts.of(DeliveryStatus.RECEIVED)).as("received").isEqualTo(received);
    assertThat(counts.of(DeliveryStatus.RETRYING)).as("retrying").isEqualTo(retrying);
    assertThat(counts.of(DeliveryStatus.PROCESSING)).as("processing").isEqualTo(processing);
    assertThat(counts.of(DeliveryStatus.FAILED)).as("failed").isEqualTo(failed);
    assertThat(counts.atLeast()).isEmpty();
  }

  @Test
  default void emptyStorage_hasCountsOfNoSubscription() {
    StorageFixture fixture = newStorage();

    CountsBySubscription counts = fixture.events().countsBySubscription();

    assertThat(counts.found()).isEmpty();
    assertThat(counts.of(IDLE)).isEqualTo(SubscriptionCounts.NONE);
  }

  @Test
  default void eventsWithSeveralDeliveries_countForEachSubscription() {
    StorageFixture fixture = newStorage();
    append(fixture, "both-1", MAIL, AUDIT);
    append(fixture, "both-2", MAIL, AUDIT);
    append(fixture, "mail", MAIL);
    append(fixture, "unrouted");

    List<Claim> running = claimWithout(fixture, MAIL);

    assertCounts(counts(fixture, MAIL), 3, 0, 0, 0);
    assertCounts(counts(fixture, AUDIT), 0, 0, 2, 0);
    fixture.settle(running.get(0), Resolution.COMPLETE);
    fixture.settle(running.get(1), new Resolution.DeadLetter(StorageFixture.CAUSE));
    assertCounts(counts(fixture, MAIL), 3, 0, 0, 0);
    assertCounts(counts(fixture, AUDIT), 0, 0, 0, 1);
    assertThat(counts(fixture, IDLE)).isEqualTo(SubscriptionCounts.NONE);
  }

  /// The time is that of the storage, so the age by its clock is exact to the microsecond.
  @Test
  default void oldestWaiting_isThatOfTheSubscriptionWhetherPausedOrNot() {
    StorageFixture fixture = newStorage();
    append(fixture, "mail-1", MAIL);
    fixture.clock().advance(Duration.ofSeconds(10));
    append(fixture, "both", MAIL, AUDIT);
    fixture.clock().advance(Duration.ofSeconds(5));

    assertAge(fixture, MAIL, 15);
    assertAge(fixture, AUDIT, 5);
    claimWithout(fixture, MAIL);
    assertAge(fixture, MAIL, 15);
    assertThat(counts(fixture, AUDIT).oldestWaitingAge(fixture.now())).isEmpty();
  }

  private static void assertAge(StorageFixture fixture, SubscriptionName name, int seconds) {
    assertThat(counts(fixture, name).oldestWaitingAge(fixture.now()))
        .hasValueSatisfying(
            age ->
                assertThat(age)
                    .isBetween(
                        Duration.ofSeconds(seconds).minusMillis(1),
                        Duration.ofSeconds(seconds).plusMillis(1)));
  }

  @Test
  default void retryThatIsNotDueYet_isCountedButDoesNotWait() {
    StorageFixture fixture = newStorage();
    append(fixture, "1", MAIL);
    Claim claim = claimWithout(fixture, AUDIT).getFirst();
    fixture.settle(claim, fixture.retryIn(Duration.ofMinutes(1)));

    assertCounts(counts(fixture, MAIL), 0, 1, 0, 0);
    assertThat(counts(fixture, MAIL).oldestWaitingAge(fixture.now())).isEmpty();
    fixture.clock().advance(Duration.ofSeconds(70));
    assertCounts(counts(fixture, MAIL), 0, 1, 0, 0);
    assertAge(fixture, MAIL, 10);
  }

  @Test
  default void cancelledDiscardedReplayedAndPurgedDeliveries_areCountedAsWhatTheyAre() {
    StorageFixture fixture = newStorage();
    append(fixture, "dead", MAIL, AUDIT);
    append(fixture, "cancelled", MAIL);
    claimWithout(fixture, MAIL)
        .forEach(claim -> fixture.settle(claim, new Resolution.DeadLetter(StorageFixture.CAUSE)));
    fixture.control().cancel(new EventId("cancelled"), Set.of());

    assertCounts(counts(fixture, MAIL), 1, 0, 0, 0);
    assertCounts(counts(fixture, AUDIT), 0, 0, 0, 1);
    fixture.control().replay(new EventId("dead"), new ReplayScope.Failed(), LanePlace.TAIL);
    assertCounts(counts(fixture, AUDIT), 1, 0, 0, 0);
    claimWithout(fixture, MAIL)
        .forEach(claim -> fixture.settle(claim, new Resolution.DeadLetter(StorageFixture.CAUSE)));
    fixture.control().discard(new EventId("dead"), Set.of());
    assertCounts(counts(fixture, AUDIT), 0, 0, 0, 0);
    fixture.control().cancel(new EventId("dead"), Set.of());
    assertThat(fixture.events().purge(fixture.now().plusSeconds(1), 10)).isEqualTo(2);
    assertCounts(counts(fixture, MAIL), 0, 0, 0, 0);
  }

  @Test
  default void manySubscriptions_areCountedInOneCall() {
    StorageFixture fixture = newStorage();
    List<SubscriptionName> names =
        IntStream.range(0, 300).mapToObj(number -> new SubscriptionName("s-" + number)).toList();
    for (int number = 0; number < 3; number++) {
      var event = Events.event("e-" + number, "t", fixture.now());
      fixture.events().append(List.of(new NewEvent(event, names)));
    }

    CountsBySubscription counts = fixture.events().countsBySubscription();

    assertThat(counts.found()).hasSize(300);
    names.forEach(name -> assertCounts(counts.of(name), 3, 0, 0, 0));
  }

  /// However long a backlog is, what was not counted is said.
  @Test
  default void longBacklog_isCountedAtLeastInPart() {
    StorageFixture fixture = newStorage();
    fixture.events().append(many(0, 5_000));
    fixture.events().append(many(5_000, 9_999));
    append(fixture, "audit", AUDIT);

    SubscriptionCounts mail = counts(fixture, MAIL);

    long counted = mail.of(DeliveryStatus.RECEIVED);
    assertThat(counted).isEqualTo(9_999);
    assertThat(mail.isAtLeast(DeliveryStatus.PROCESSING)).isFalse();
    assertThat(
            counts(fixture, AUDIT).of(DeliveryStatus.RECEIVED)
                + (counts(fixture, AUDIT).isAtLeast(DeliveryStatus.RECEIVED) ? 1 : 0))
        .isPositive();
  }

  private static List<NewEvent> many(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(number -> new NewEvent(Events.event("e-" + number), List.of(MAIL)))
        .toList();
  }
}
