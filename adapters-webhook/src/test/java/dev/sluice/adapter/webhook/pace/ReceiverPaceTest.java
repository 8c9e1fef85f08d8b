package dev.sluice.adapter.webhook.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.work.ReceiverView;
import dev.sluice.application.work.ReceiverView.State;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How many requests a receiver gets at once, and when it gets none.
final class ReceiverPaceTest {

  private static final int MOST = 32;
  private static final SubscriptionName MAIL = new SubscriptionName("mail");
  private static final Duration JUST_OPEN = Duration.ofSeconds(30).minusNanos(1);
  private static final Duration NANO = Duration.ofNanos(1);

  private final SettableClock clock = new SettableClock();
  private final ReceiverPaces paces = new ReceiverPaces(clock);
  private final ReceiverPace pace = paces.of(MAIL, "receiver.test:443");

  private void succeed(int times) {
    for (int count = 0; count < times; count++) {
      assertThat(pace.begin()).isTrue();
      pace.succeeded();
      pace.limit(MOST);
    }
  }

  private void fail(int times) {
    for (int count = 0; count < times; count++) {
      assertThat(pace.begin()).isTrue();
      pace.failed(false, false);
    }
  }

  private void timeOut(int times) {
    for (int count = 0; count < times; count++) {
      assertThat(pace.begin()).isTrue();
      pace.failed(true, true);
    }
  }

  private ReceiverView view() {
    return pace.view(MOST);
  }

  @ParameterizedTest
  @CsvSource({"32,4", "4,4", "3,3", "1,1"})
  void unknownReceiver_startsAtFourOrItsLimit(int most, int limit) {
    assertThat(ReceiverPaces.limitOfUnknown(most)).isEqualTo(limit);
    assertThat(ReceiverPaces.viewOfUnknown(most).limit()).isEqualTo(limit);
    assertThat(pace.limit(most)).isEqualTo(limit);
    assertThat(pace.view(most)).isEqualTo(ReceiverPaces.viewOfUnknown(most));
  }

  @Test
  void eachSuccess_allowsOneMoreUpToTheLimit() {
    pace.limit(MOST);
    succeed(1);
    assertThat(pace.limit(MOST)).isEqualTo(5);
    succeed(26);
    assertThat(pace.limit(MOST)).isEqualTo(31);
    succeed(10);
    assertThat(pace.limit(MOST)).isEqualTo(32);
  }

  @Test
  void lowerLimitOfTheSubscription_isTheMostFromNowOn() {
    pace.limit(MOST);
    succeed(20);

    assertThat(pace.limit(6)).isEqualTo(6);
    timeOut(1);
    assertThat(pace.limit(6)).isEqualTo(3);
  }

  @Test
  void slowReceiver_getsHalfAndAlwaysOne() {
    pace.limit(MOST);
    succeed(16);

    for (int expected : new int[] {10, 5, 2, 1, 1}) {
      assertThat(pace.begin()).isTrue();
      pace.failed(true, false);
      assertThat(pace.limit(MOST)).isEqualTo(expected);
    }
  }

  @Test
  void otherFailure_leavesTheLimit() {
    fail(1);

    assertThat(pace.limit(MOST)).isEqualTo(4);
  }

  @Test
  void crowdedNode_sendsHalfAndCountsNoFailure() {
    for (int count = 0; count < 20; count++) {
      assertThat(pace.begin()).isTrue();
      pace.notSent(true);
    }
    clock.advance(Duration.ofSeconds(6));

    assertThat(pace.limit(MOST)).isEqualTo(1);
    assertThat(view().state()).isEqualTo(State.OPEN);
  }

  @Test
  void sevenFailuresOfTen_openTheBreaker() {
    succeed(3);
    fail(6);
    assertThat(pace.limit(MOST)).isEqualTo(7);
    fail(1);

    assertThat(pace.limit(MOST)).isZero();
    assertThat(pace.begin()).isFalse();
    assertThat(view().state()).isEqualTo(State.BROKEN);
    assertThat(view().reason()).isEqualTo("7 of the last 10 requests failed.");
    assertThat(view().until()).contains(clock.instant().plusSeconds(30));
    assertThat(view().limit()).isZero();
  }

  @Test
  void sixFailuresOfTen_doNotOpenIt() {
    succeed(4);
    fail(6);

    assertThat(view().state()).isEqualTo(State.OPEN);
  }

  @Test
  void fiveTimeoutsInARow_openTheBreaker() {
    timeOut(4);
    assertThat(view().state()).isEqualTo(State.OPEN);
    timeOut(1);

    assertThat(pace.limit(MOST)).isZero();
    assertThat(view().reason()).isEqualTo("The last 5 requests got no response in time.");
  }

  @Test
  void anyResponseBetweenTimeouts_keepsItClosed() {
    timeOut(4);
    fail(1);
    timeOut(2);
    assertThat(pace.begin()).isTrue();
    pace.responded();
    timeOut(2);

    assertThat(view().state()).isEqualTo(State.OPEN);
  }

  /// Only the monotonic clock counts.
  @Test
  void openBreaker_letsOneProbeThroughAfter30Seconds() {
    timeOut(5);
    clock.step(Duration.ofHours(-1));
    clock.advance(JUST_OPEN);
    assertThat(pace.limit(MOST)).isZero();
    assertThat(pace.begin()).isFalse();
    clock.step(Duration.ofHours(3));
    assertThat(pace.limit(MOST)).isZero();

    clock.advance(NANO.multipliedBy(2));

    assertThat(pace.limit(MOST)).isEqualTo(1);
    assertThat(pace.begin()).isTrue();
    assertThat(pace.begin()).as("beside the probe").isFalse();
    assertThat(view().state()).isEqualTo(State.HALF_OPEN);
    assertThat(view().reason()).isEmpty();
    assertThat(view().inFlight()).isEqualTo(1);
  }

  private void openAndAwaitProbe() {
    timeOut(5);
    clock.advance(Duration.ofSeconds(30).plus(NANO));
    assertThat(pace.begin()).isTrue();
  }

  @Test
  void goodProbe_closesTheBreakerAndGrowthBeginsAtOne() {
    openAndAwaitProbe();
    pace.succeeded();

    assertThat(view().state()).isEqualTo(State.OPEN);
    assertThat(view().reason()).isEmpty();
    assertThat(pace.limit(MOST)).isEqualTo(2);
    succeed(2);
    assertThat(pace.limit(MOST)).isEqualTo(4);
  }

  @Test
  void receiverWhoseConnectionsAreAllInUse_isLeftAloneForSomeSeconds() {
    for (int tried = 0; tried < 3; tried++) {
      assertThat(pace.begin()).isTrue();
      pace.notSent(true);
    }

    assertThat(pace.limit(MOST)).isZero();
    assertThat(view().reason()).contains("connections");
    clock.advance(Duration.ofSeconds(6));
    assertThat(pace.limit(MOST)).isEqualTo(1);
  }

  @Test
  void probeThatIsRefusedForGood_closesTheBreaker() {
    openAndAwaitProbe();
    pace.responded();

    assertThat(view().state()).isEqualTo(State.OPEN);
  }

  @Test
  void probeThatIsThrottled_closesTheBreakerAndPauses() {
    openAndAwaitProbe();
    pace.throttled(Duration.ofSeconds(10));

    assertThat(view().state()).isEqualTo(State.PAUSED);
    clock.advance(Duration.ofSeconds(11));
    assertThat(view().state()).isEqualTo(State.OPEN);
  }

  @Test
  void badProbe_opensTheBreakerFor30SecondsMore() {
    openAndAwaitProbe();
    pace.failed(false, false);

    assertThat(pace.limit(MOST)).isZero();
    assertThat(view().until()).contains(clock.instant().plusSeconds(30));
    assertThat(view().reason()).isEqualTo("The last request failed.");
    clock.advance(JUST_OPEN);
    assertThat(pace.begin()).isFalse();
    clock.advance(NANO.multipliedBy(2));
    assertThat(pace.begin()).isTrue();
  }

  @Test
  void probeThatWasNotSent_isFollowedByAnother() {
    openAndAwaitProbe();
    pace.notSent(false);

    assertThat(pace.begin()).isTrue();
    pace.succeeded();
    assertThat(view().state()).isEqualTo(State.OPEN);
  }

  @Test
  void lateFailuresOfAnOpenBreaker_doNotProlongIt() {
    for (int count = 0; count < 8; count++) {
      assertThat(pace.begin()).isTrue();
    }
    for (int count = 0; count < 5; count++) {
      pace.failed(true, true);
    }
    Optional<?> until = view().until();
    clock.advance(Duration.ofSeconds(3));
    pace.failed(true, true);
    pace.succeeded();
    pace.notSent(false);

    assertThat(view().until()).isEqualTo(until);
    assertThat(view().inFlight()).isZero();
    assertThat(pace.limit(MOST)).isZero();
  }

  @Test
  void pauseThatTheReceiverAskedFor_stopsAllAndHalves() {
    assertThat(pace.begin()).isTrue();
    pace.throttled(Duration.ofSeconds(90));

    assertThat(pace.limit(MOST)).isZero();
    assertThat(view().state()).isEqualTo(State.PAUSED);
    assertThat(view().until()).contains(clock.instant().plusSeconds(90));
    assertThat(view().reason()).isEqualTo("The receiver asked for a pause with Retry-After.");
    clock.step(Duration.ofHours(-1));
    clock.advance(Duration.ofSeconds(90).minus(NANO));
    assertThat(pace.limit(MOST)).isZero();
    clock.advance(NANO);
    assertThat(pace.limit(MOST)).isEqualTo(2);
    assertThat(view().state()).isEqualTo(State.OPEN);
  }

  @Test
  void longerPause_isNotShortenedByALaterShorterOne() {
    assertThat(pace.begin()).isTrue();
    assertThat(pace.begin()).isTrue();
    pace.throttled(Duration.ofSeconds(90));
    pace.throttled(Duration.ofSeconds(5));

    assertThat(view().until()).contains(clock.instant().plusSeconds(90));
  }

  @Test
  void pauses_neverOpenTheBreaker() {
    for (int count = 0; count < 20; count++) {
      assertThat(pace.begin()).isTrue();
      pace.throttled(Duration.ofSeconds(1));
    }
    clock.advance(Duration.ofSeconds(1));

    assertThat(view().state()).isEqualTo(State.OPEN);
  }

  @Test
  void view_countsResponsesAndTheirDurations() {
    assertThat(view().latency()).isEmpty();
    assertThat(view().recent()).hasSize(5).allSatisfy((_, count) -> assertThat(count).isZero());

    for (int millis = 1; millis <= 100; millis++) {
      pace.observed(millis % 10 == 0 ? 503 : 204, Duration.ofMillis(millis));
    }
    pace.observed(0, Duration.ofSeconds(15));

    assertThat(view().recent())
        .containsEntry("2xx", 90)
        .containsEntry("5xx", 10)
        .containsEntry("none", 1);
    assertThat(view().latency())
        .contains(new ReceiverView.Latency(Duration.ofMillis(51), Duration.ofMillis(100)));
  }

  @Test
  void view_knowsTheLast200Only() {
    for (int count = 0; count < 200; count++) {
      pace.observed(500, Duration.ofSeconds(1));
    }
    for (int count = 0; count < 200; count++) {
      pace.observed(200, Duration.ofMillis(1));
    }

    assertThat(view().recent()).containsEntry("2xx", 200).containsEntry("5xx", 0);
    assertThat(view().latency().orElseThrow().p99()).isEqualTo(Duration.ofMillis(1));
  }

  @Test
  void otherHost_beginsAnew() {
    timeOut(5);

    assertThat(paces.of(MAIL, "receiver.test:443")).isSameAs(pace);
    ReceiverPace other = paces.of(MAIL, "other.test:443");
    assertThat(other.limit(MOST)).isEqualTo(4);
    assertThat(paces.find(MAIL)).containsSame(other);
  }
}
