package dev.sluice.application.operate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Events;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.contract.Transitions;
import dev.sluice.domain.delivery.DeliveryId;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.figures.Breakdown;
import dev.sluice.domain.figures.NodeFigures;
import dev.sluice.domain.figures.Percentiles;
import dev.sluice.domain.figures.Rates;
import dev.sluice.domain.figures.Totals;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StatisticsTest {

  private static final EventType PAID = new EventType("order.paid");
  private static final EventType SENT = new EventType("order.sent");
  private static final Resolution DEAD = new Resolution.DeadLetter(StorageFixture.CAUSE);
  private static final Resolution RETRY =
      new Resolution.Retry(SettableClock.START, StorageFixture.CAUSE);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Percentiles NO_TIME =
      new Percentiles(Duration.ZERO, Duration.ZERO, Duration.ZERO);

  private final SettableClock clock = new SettableClock();
  private final Statistics statistics = new Statistics(clock);

  private void accept(EventType type, int count) {
    IntStream.range(0, count).forEach(_ -> statistics.onTransition(Transitions.accepted(type, 1)));
  }

  private void settle(EventType type, Resolution resolution, Duration took) {
    statistics.onTransition(
        Transitions.settled(
            Events.event("e-1", type.value(), SettableClock.START),
            resolution,
            took,
            took.multipliedBy(2)));
  }

  private void complete(int count) {
    IntStream.range(0, count).forEach(_ -> settle(PAID, Resolution.COMPLETE, SECOND));
  }

  private void pass(Duration time) {
    clock.advance(time);
    statistics.tick();
  }

  private static void assertAbout(Duration actual, Duration exact) {
    assertThat(actual).isBetween(exact, exact.plus(exact.dividedBy(32)));
  }

  @Test
  void beforeAnythingHappened_allIsZero() {
    NodeFigures snapshot = statistics.snapshot();

    assertThat(snapshot.since()).isEqualTo(SettableClock.START);
    assertThat(snapshot.totals()).isEqualTo(Totals.NONE);
    assertThat(snapshot.byType()).isEqualTo(Breakdown.NONE);
    assertThat(snapshot.handlerTime().percentiles()).isEqualTo(NO_TIME);
    assertThat(snapshot.rates()).contains(new Rates("10s", 0, 0, 0, 0));
  }

  @Test
  void totals_countOutcomesOverallAndByType() {
    accept(PAID, 3);
    accept(SENT, 1);
    settle(PAID, Resolution.COMPLETE, SECOND);
    settle(PAID, RETRY, SECOND);
    settle(SENT, RETRY, SECOND);
    settle(SENT, DEAD, SECOND);

    assertThat(statistics.snapshot().totals()).isEqualTo(new Totals(4, 1, 1, 2));
    assertThat(statistics.snapshot().byType().totals())
        .containsEntry("order.paid", new Totals(3, 1, 0, 1))
        .containsEntry("order.sent", new Totals(1, 0, 1, 1))
        .hasSize(2);
  }

  @Test
  void totals_countOutcomesBySubscription() {
    accept(PAID, 3);
    settle(PAID, Resolution.COMPLETE, SECOND);
    settle(SENT, RETRY, SECOND);
    settle(SENT, DEAD, SECOND);

    assertThat(statistics.snapshot().bySubscription().totals())
        .containsExactly(Map.entry("default", new Totals(3, 1, 1, 1)));
  }

  @Test
  void handBacksAndOperatorsActions_areNoThroughput() {
    settle(PAID, Resolution.HAND_BACK, SECOND);
    statistics.onTransition(Transitions.replayed(PAID));
    statistics.onTransition(Transitions.cancelled(PAID));
    var delivery = new DeliveryId(new EventId("e-1"), SubscriptionName.DEFAULT);
    statistics.onTransition(new Transition.LeaseLost(PAID, delivery, 1));

    assertThat(statistics.snapshot().totals()).isEqualTo(Totals.NONE);
  }

  @Test
  void typesBeyondTheLimit_areCountedTogether() {
    for (int number = 0; number < Statistics.MAX_TYPES + 50; number++) {
      accept(new EventType("type-" + number), 1);
    }
    accept(new EventType("type-0"), 1);

    assertThat(statistics.snapshot().byType().totals())
        .hasSize(Statistics.MAX_TYPES + 1)
        .containsEntry(Statistics.OTHER_TYPES, new Totals(50, 0, 0, 0))
        .containsEntry("type-0", new Totals(2, 0, 0, 0));
    assertThat(statistics.snapshot().totals().accepted()).isEqualTo(Statistics.MAX_TYPES + 51);
  }

  @Test
  void rates_areAveragesOverEachWindow() {
    for (int second = 0; second < 300; second++) {
      complete(second < 240 ? 1 : 11);
      pass(SECOND);
    }

    assertThat(statistics.snapshot().rates())
        .containsExactly(
            new Rates("10s", 0, 11, 0, 0),
            new Rates("1m", 0, 11, 0, 0),
            new Rates("5m", 0, 3, 0, 0));
  }

  @Test
  void rates_tellTheKindsApart() {
    accept(PAID, 40);
    settle(PAID, DEAD, SECOND);
    settle(PAID, RETRY, SECOND);
    settle(PAID, RETRY, SECOND);
    pass(Duration.ofSeconds(10));

    assertThat(statistics.snapshot().rates().getFirst())
        .isEqualTo(new Rates("10s", 4, 0, 0.1, 0.2));
  }

  @Test
  void ratesOfAYoungNode_areOverItsLife() {
    complete(12);
    pass(Duration.ofSeconds(4));

    assertThat(statistics.snapshot().rates())
        .extracting(Rates::completed)
        .containsExactly(3.0, 3.0, 3.0);
  }

  @Test
  void whatIsLongAgo_leavesTheRates() {
    complete(1_000);
    for (int second = 0; second < 400; second++) {
      pass(SECOND);
    }

    assertThat(statistics.snapshot().rates())
        .extracting(Rates::completed)
        .containsExactly(0.0, 0.0, 0.0);
    assertThat(statistics.snapshot().totals().completed()).isEqualTo(1_000);
  }

  @Test
  void drain_isWhatCameToAnEndInTheLastTenSeconds() {
    complete(500);
    for (int second = 0; second < 20; second++) {
      complete(2);
      settle(PAID, DEAD, SECOND);
      settle(PAID, RETRY, SECOND);
      pass(SECOND);
    }

    assertThat(statistics.drainPerSecond()).isEqualTo(3.0);
  }

  @Test
  void percentiles_areWithinThreePercent() {
    for (int millis = 1; millis <= 1_000; millis++) {
      settle(PAID, Resolution.COMPLETE, Duration.ofMillis(millis));
      statistics.answered(Duration.ofNanos(millis * 1_000L));
    }
    NodeFigures snapshot = statistics.snapshot();

    assertAbout(snapshot.handlerTime().percentiles().p50(), Duration.ofMillis(500));
    assertAbout(snapshot.handlerTime().percentiles().p95(), Duration.ofMillis(950));
    assertAbout(snapshot.handlerTime().percentiles().p99(), Duration.ofMillis(990));
    assertAbout(snapshot.acceptToDone().percentiles().p50(), SECOND);
    assertAbout(snapshot.acceptTime().percentiles().p99(), Duration.ofNanos(990_000));
  }

  @Test
  void attemptsThatDidNotComplete_countForTheHandlerOnly() {
    settle(PAID, RETRY, SECOND);

    assertAbout(statistics.snapshot().handlerTime().percentiles().p50(), SECOND);
    assertThat(statistics.snapshot().acceptToDone().percentiles()).isEqualTo(NO_TIME);
  }

  @Test
  void minutes_rollOver() {
    settle(PAID, Resolution.COMPLETE, SECOND);
    pass(Duration.ofMinutes(1));
    settle(PAID, Resolution.COMPLETE, Duration.ofSeconds(4));
    assertAbout(statistics.snapshot().handlerTime().percentiles().p50(), SECOND);

    pass(Duration.ofMinutes(1));
    assertAbout(statistics.snapshot().handlerTime().percentiles().p50(), Duration.ofSeconds(4));

    pass(Duration.ofMinutes(1));
    assertThat(statistics.snapshot().handlerTime().percentiles()).isEqualTo(NO_TIME);
  }

  @Test
  void minute_lastsSixtySeconds() {
    settle(PAID, Resolution.COMPLETE, SECOND);
    pass(Duration.ofMinutes(1));
    pass(Duration.ofSeconds(59));
    assertAbout(statistics.snapshot().handlerTime().percentiles().p50(), SECOND);

    pass(SECOND);
    assertThat(statistics.snapshot().handlerTime().percentiles()).isEqualTo(NO_TIME);
  }
}
