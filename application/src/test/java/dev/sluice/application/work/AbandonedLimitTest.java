package dev.sluice.application.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Events;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How many abandoned deliveries run at once.
final class AbandonedLimitTest {

  private static final int MOST = 4;

  private final SettableClock clock = new SettableClock();
  private final AbandonedLimit limit = new AbandonedLimit(MOST, clock);

  private static Claim claim(int number, int spent) {
    return new Claim(
        number,
        Events.event("e-" + number),
        SubscriptionName.DEFAULT,
        new AttemptCount(spent + 1, spent),
        new Lease(new WorkerId("here"), Instant.EPOCH, Instant.MAX),
        true);
  }

  private static Claim innocent(int number) {
    return claim(number, 1);
  }

  private static Claim suspect(int number) {
    return claim(number, 2);
  }

  @Test
  void node_beginsWithOne() {
    assertThat(limit.mayClaim(100)).isEqualTo(1);

    assertThat(limit.admit(List.of(innocent(1)))).hasSize(1);

    assertThat(limit.mayClaim(100)).isZero();
  }

  @Test
  void eachThatLeavesTheNodeAlive_makesRoomForOneMore() {
    for (int round = 1; round <= 10; round++) {
      limit.admit(List.of(innocent(round)));
      limit.ended();
      limit.proven();
      assertThat(limit.mayClaim(100)).isEqualTo(Math.min(MOST, 1 + round));
    }
  }

  @Test
  void oneThatWasHandedBack_makesNoRoom() {
    limit.admit(List.of(innocent(1)));
    limit.ended();

    assertThat(limit.mayClaim(100)).isEqualTo(1);
  }

  @Test
  void suspect_runsAlone() {
    limit.proven();
    limit.proven();
    limit.admit(List.of(innocent(1), innocent(2)));

    assertThat(limit.admit(List.of(suspect(3)))).isEmpty();
    assertThat(limit.mayClaim(100)).isZero();
    limit.ended();
    limit.ended();
    List<Claim> admitted = limit.admit(List.of(suspect(3), innocent(4), suspect(5)));

    assertThat(admitted).extracting(Claim::sequence).containsExactly(3L);
    limit.proven();
    assertThat(limit.mayClaim(100)).isZero();
    limit.ended();
    assertThat(limit.mayClaim(100)).isEqualTo(1);
  }

  @Test
  void whereThereAreNone_oneLooksNowAndThen() {
    limit.admit(List.of());

    assertThat(limit.mayClaim(100)).isZero();
    assertThat(limit.shorten(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(1));
    assertThat(limit.mayClaim(100)).isEqualTo(1);
  }

  @Test
  void afterASweep_oneLooksAgainAndAgain() {
    limit.admit(List.of());
    limit.expectSome();

    limit.admit(List.of());
    assertThat(limit.mayClaim(100)).isEqualTo(1);
    assertThat(limit.shorten(Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(100));
    clock.advance(Duration.ofSeconds(1));
    limit.admit(List.of());
    assertThat(limit.mayClaim(100)).isZero();
  }
}
