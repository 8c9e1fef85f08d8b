package dev.sluice.application.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.application.fixture.HookedTokens;
import dev.sluice.application.fixture.HookedTokens.Call;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.claim.RateTokens.Draw;
import dev.sluice.domain.subscription.RateLimit;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Nodes in simulated time: each claims all it may every 10 ms, and draws every 50 ms.
final class RateSlicesTest {

  private static final SubscriptionName MAIL = new SubscriptionName("mail");
  private static final Duration STEP = Duration.ofMillis(10);
  private static final int SLOTS = 64;

  private final SettableClock clock = new SettableClock();
  private final HookedTokens buckets = new HookedTokens(MemoryAdapter.rateTokens(clock));
  private Optional<RateLimit> limit = Optional.of(new RateLimit(50, 100));
  private final RateSlices node = node();
  private final RateSlices other = node();
  private int steps;

  private RateSlices node() {
    return new RateSlices(buckets, _ -> limit, SLOTS, clock);
  }

  /// Claims as many deliveries as the slice, the slots and the backlog allow, and returns how many.
  private static int claim(RateSlices node, int backlog) {
    int claims = Math.min(Math.min(node.atHand(MAIL), SLOTS), backlog);
    for (int count = 0; count < claims; count++) {
      node.claimed(MAIL);
    }
    return claims;
  }

  /// Lets nodes work on an endless backlog.
  ///
  /// @return how many deliveries they claimed
  private int work(Duration time, RateSlices... nodes) {
    int claimed = 0;
    for (long end = clock.nanoTime() + time.toNanos(); clock.nanoTime() < end; steps++) {
      clock.advance(STEP);
      for (int index = 0; index < nodes.length; index++) {
        if ((steps + 2 * index) % 5 == 0) {
          nodes[index].draw();
        }
        claimed += claim(nodes[index], Integer.MAX_VALUE);
      }
    }
    return claimed;
  }

  @ParameterizedTest
  @CsvSource({"0.5, 1", "2, 2", "10, 10", "50, 1", "50, 100", "1000, 1000", "5000, 5000"})
  void twoNodes_keepTheRate(double perSecond, int burst) {
    limit = Optional.of(new RateLimit(perSecond, burst));
    work(Duration.ofSeconds(5), node, other);

    int claimed = work(Duration.ofSeconds(100), node, other);

    assertThat((double) claimed).isCloseTo(100 * perSecond, Percentage.withPercentage(10));
  }

  @Test
  void burst_beginsSoonAfterAQuietTime() {
    int claimed = work(Duration.ofMillis(500), node, other);

    assertThat(claimed).isCloseTo(100 + 25, within(10));
  }

  @Test
  void quietSubscription_drawsNothingAndPutsItsTokensBack() {
    claim(node, 1);
    node.draw();
    claim(node, 1);
    clock.advance(RateSlice.UNUSED.plusMillis(1));
    node.draw();
    int draws = buckets.hooks().calls(Call.DRAW);

    for (int count = 0; count < 20; count++) {
      clock.advance(Duration.ofSeconds(1));
      node.draw();
    }

    assertThat(buckets.hooks().calls(Call.DRAW)).isEqualTo(draws).isEqualTo(2);
    assertThat(buckets.draw(List.of(new Draw(MAIL, limit.get(), 200))).getFirst().tokens())
        .isEqualTo(100);
  }

  @Test
  void killedNode_takesNoMoreThanASliceWithIt() {
    work(Duration.ofSeconds(10), node, other);

    int claimed = work(Duration.ofSeconds(10), node);

    assertThat(claimed).isBetween(500 - 5, 500 + 5);
  }

  @Test
  void handedBackDelivery_returnsItsToken() {
    claim(node, 1);
    node.draw();
    int before = node.atHand(MAIL);
    claim(node, 2);

    node.handedBack(MAIL);
    node.handedBack(MAIL);

    assertThat(before).isEqualTo(5);
    assertThat(node.atHand(MAIL)).isEqualTo(5);
  }

  @Test
  void stoppedNode_putsItsTokensBack() {
    claim(node, 1);
    node.draw();

    node.putBackAll();

    assertThat(buckets.draw(List.of(new Draw(MAIL, limit.get(), 200))).getFirst().tokens())
        .isEqualTo(100);
    assertThat(node.atHand(MAIL)).isZero();
  }

  @Test
  void changedLimit_holdsFromTheNextDrawOn() {
    work(Duration.ofSeconds(10), node, other);
    limit = Optional.of(new RateLimit(5, 5));
    work(Duration.ofSeconds(1), node, other);
    assertThat(work(Duration.ofSeconds(10), node, other)).isCloseTo(50, within(5));

    limit = Optional.of(new RateLimit(500, 500));
    work(Duration.ofSeconds(1), node, other);
    assertThat(work(Duration.ofSeconds(10), node, other)).isCloseTo(5_000, within(500));

    limit = Optional.empty();
    assertThat(node.atHand(MAIL)).isEqualTo(Integer.MAX_VALUE);
    assertThat(node.draw()).isFalse();
  }

  @Test
  void emptyBucket_saysWhenTheNextTokenComes() {
    limit = Optional.of(new RateLimit(0.1, 2));
    assertThat(other.untilNext(MAIL)).isEmpty();
    work(Duration.ofSeconds(1), node);

    assertThat(node.untilNext(MAIL).orElseThrow())
        .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));
    assertThat(other.untilNext(MAIL).orElseThrow())
        .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));
  }
}
