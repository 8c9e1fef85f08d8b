package dev.sluice.application.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.application.fixture.Samples;
import dev.sluice.application.operate.Explanation.OfDelivery;
import dev.sluice.application.operate.Explanation.Why;
import dev.sluice.application.work.Handlers;
import dev.sluice.application.work.Pauses;
import dev.sluice.application.work.ReceiverView;
import dev.sluice.contract.Events;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.subscription.Pause;
import dev.sluice.domain.subscription.PauseScope;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ExplanationsTest {

  private static final SubscriptionName MAIL = new SubscriptionName("mail");

  private final StorageFixture storage = Samples.storage(20_000);
  private final Pauses pauses = new Pauses(MemoryAdapter.pauses(), storage.clock(), _ -> {});
  private double drainPerSecond = 10.0;
  private int freeSlots;
  private Optional<Duration> untilNextToken = Optional.empty();
  private Optional<ReceiverView> receiver = Optional.empty();

  private final Explanations explanations =
      new Explanations(
          storage.storage(),
          new Handlers(
              Samples.cacheOf(storage.clock()), Map.of(), Samples.retries(5, Duration.ZERO)),
          pauses,
          new Explanations.Pace(
              () -> drainPerSecond, () -> freeSlots, _ -> untilNextToken, _ -> receiver),
          storage.clock());

  private Explanation of(String id) {
    return explanations.explain(new EventId(id)).orElseThrow();
  }

  private void isExplained(String id, Why why, String sentence) {
    OfDelivery only = of(id).deliveries().getFirst();
    assertThat(only.why()).isEqualTo(why);
    assertThat(only.sentence()).isEqualTo(sentence);
    assertThat(of(id).sentence()).isEqualTo(sentence);
  }

  private void many(int count) {
    storage
        .events()
        .append(
            IntStream.range(0, count)
                .mapToObj(number -> Events.routed(Events.event("ahead-" + number)))
                .toList());
    storage.clock().advance(Duration.ofSeconds(1));
  }

  private void appendNow(String id) {
    storage.append(Events.event(id, "t", storage.now()));
  }

  @Test
  void unknownEvent_isNotExplained() {
    assertThat(explanations.explain(new EventId("unknown"))).isEmpty();
  }

  @Test
  void retry_isDueLater() {
    storage.append("e");
    storage.settle(storage.claimOne(), storage.retryIn(Duration.ofSeconds(15)));
    storage.clock().advance(Duration.ofMillis(3_001));

    isExplained(
        "e",
        new Why.NotDue(Duration.ofMillis(11_999)),
        "The next attempt is due in 12 s, after attempt 1 of 6 failed with"
            + " IllegalStateException: receiver said no.");
  }

  @Test
  void dueDelivery_isPausedBySomebody() {
    appendNow("e");
    Pause pause =
        pauses.pause(
            new PauseScope.One(SubscriptionName.DEFAULT),
            "receiver is down",
            "ann",
            Instant.parse("2030-01-02T03:04:05Z"));

    isExplained(
        "e",
        new Why.Paused(pause),
        "Subscription default has been paused by ann since "
            + millis(pause.at())
            + ", until 2030-01-02T03:04:05.000Z: receiver is down.");
  }

  private static ReceiverView receiver(
      ReceiverView.State state, Optional<Instant> until, String reason, int limit) {
    return new ReceiverView(state, until, reason, limit, limit, Map.of(), Optional.empty());
  }

  @Test
  void dueDelivery_waitsForTheCircuitBreakerOfItsReceiver() {
    appendNow("e");
    ReceiverView broken =
        receiver(
            ReceiverView.State.BROKEN,
            Optional.of(Instant.parse("2030-01-02T03:04:05Z")),
            "8 of the last 10 requests failed.",
            0);
    receiver = Optional.of(broken);

    isExplained(
        "e",
        new Why.ReceiverBusy(broken),
        "It is due, but the circuit breaker of its receiver is open until"
            + " 2030-01-02T03:04:05.000Z: 8 of the last 10 requests failed.");
  }

  @Test
  void dueDelivery_waitsWhileItsReceiverHasEnoughRequests() {
    appendNow("e");
    ReceiverView full = receiver(ReceiverView.State.OPEN, Optional.empty(), "", 4);
    receiver = Optional.of(full);

    isExplained(
        "e",
        new Why.ReceiverBusy(full),
        "It is due, but the receiver gets at most 4 requests at once from this node, and they are"
            + " in progress.");
  }

  private static String millis(Instant time) {
    return time.toString().replaceFirst("(:[0-9]{2})Z$", "$1.000Z");
  }

  @Test
  void dueDelivery_waitsForAToken() {
    appendNow("e");
    untilNextToken = Optional.of(Duration.ofMillis(80));

    isExplained(
        "e",
        new Why.RateLimited(Duration.ofMillis(80)),
        "It is due, but the token bucket of subscription default is empty: the next token comes in"
            + " 80 ms.");
  }

  @Test
  void dueDelivery_isPausedWithAllProcessing() {
    appendNow("e");
    Pause pause = pauses.pause(PauseScope.EVERYTHING, "Night!", "ann", Instant.MAX);

    isExplained(
        "e",
        new Why.Paused(pause),
        "All processing has been paused by ann since "
            + millis(pause.at())
            + ", until it is resumed: Night!");
  }

  @Test
  void pausedRetry_thatIsNotDue_waitsForItsTimeFirst() {
    storage.append("e");
    storage.settle(storage.claimOne(), storage.retryIn(Duration.ofSeconds(15)));
    pauses.pause(PauseScope.EVERYTHING, "night", "ann", Instant.MAX);

    assertThat(of("e").deliveries().getFirst().why())
        .isEqualTo(new Why.NotDue(Duration.ofSeconds(15)));
  }

  @Test
  void dueDelivery_isInLine() {
    many(412);
    appendNow("e");

    isExplained(
        "e",
        new Why.InLine(412, false, Duration.ofMillis(41_200)),
        "It is due but no worker slot is free, and about 412 are ahead of it,"
            + " about 42 s at the current rate.");
  }

  @Test
  void longLine_isNotCountedToItsEnd() {
    many(10_500);
    appendNow("e");

    isExplained(
        "e",
        new Why.InLine(10_000, true, Duration.ZERO),
        "It is due but no worker slot is free, and more than 10,000 are ahead of it.");
  }

  @Test
  void firstInLine_waitsForASlot() {
    drainPerSecond = 0;
    appendNow("e");

    isExplained(
        "e",
        new Why.InLine(0, false, Duration.ZERO),
        "It is due but no worker slot is free, and none are ahead of it.");
  }

  @Test
  void dueDelivery_startsWhereASlotIsFree() {
    freeSlots = 1;
    appendNow("e");

    isExplained(
        "e", new Why.StartsNow(), "It is due and a worker slot is free: it should start now.");
  }

  @Test
  void dueRetry_tellsOfTheLastFailure() {
    freeSlots = 1;
    storage.append("e");
    storage.settle(storage.claimOne(), storage.retryIn(Duration.ZERO));

    isExplained(
        "e",
        new Why.StartsNow(),
        "It is due and a worker slot is free: it should start now, after attempt 1 of 6 failed with"
            + " IllegalStateException: receiver said no.");
  }

  @Test
  void runningAttempt_tellsWhoHoldsItUntilWhen() {
    storage.append("e");
    storage.claimOne();

    isExplained(
        "e",
        new Why.InWork(),
        "Attempt 1 of 6 is in progress: leased by node worker-1 since "
            + millis(storage.now())
            + ", until "
            + millis(storage.now().plus(StorageFixture.LEASE))
            + " unless extended.");
  }

  @Test
  void completed_tellsWhen() {
    storage.complete("e");

    isExplained(
        "e", new Why.Finished(), "Completed at " + millis(storage.now()) + ", after 1 attempt.");
  }

  @Test
  void deadLetter_tellsHowToGoOn() {
    storage.append("e");
    storage.settle(storage.claimOne(), storage.retryIn(Duration.ZERO));
    storage.settle(storage.claimOne(), new Resolution.DeadLetter(StorageFixture.CAUSE));

    isExplained(
        "e",
        new Why.Finished(),
        "Dead letter since "
            + millis(storage.now())
            + ", after 2 attempts, the last with IllegalStateException: receiver said no;"
            + " fix the cause, then replay it.");
  }

  @Test
  void cancelled_tellsWhen() {
    storage.append("e");
    storage.control().cancel(new EventId("e"), Set.of());

    isExplained(
        "e",
        new Why.Finished(),
        "Cancelled at "
            + millis(storage.now())
            + ", after 0 attempts; replay it to process it again.");
  }

  @Test
  void unrouted_saysThatNobodyWantsIt() {
    storage.events().append(List.of(Events.unrouted(Events.event("e"))));

    assertThat(of("e").deliveries()).isEmpty();
    assertThat(of("e").sentence())
        .isEqualTo(
            "No subscription matches events of type order.paid, so the event is stored"
                + " but not delivered.");
  }

  @Test
  void ofSeveralDeliveries_theOneThatIsHeldUpTellsMost() {
    var event = Events.event("e", "t", storage.now());
    storage.events().append(List.of(new NewEvent(event, List.of(SubscriptionName.DEFAULT, MAIL))));
    pauses.pause(new PauseScope.One(MAIL), "down", "ann", Instant.MAX);

    Explanation explanation = of("e");

    assertThat(explanation.deliveries()).hasSize(2);
    assertThat(explanation.sentence())
        .startsWith("Of 2 deliveries, the one for mail: Subscription mail has been paused by ann");
  }
}
