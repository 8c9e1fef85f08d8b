package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.claim.RateTokens;
import dev.sluice.domain.claim.RateTokens.Draw;
import dev.sluice.domain.claim.RateTokens.Drawn;
import dev.sluice.domain.subscription.RateLimit;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The promises of [RateTokens].
public interface RateTokensContract {

  SubscriptionName MAIL = new SubscriptionName("mail");
  SubscriptionName AUDIT = new SubscriptionName("audit");

  /// One token each 100 ms, ten at once.
  RateLimit TEN = new RateLimit(10, 10);

  /// Returns new buckets, which fill by this clock.
  RateTokens newTokens(SettableClock clock);

  private static Drawn draw(RateTokens tokens, RateLimit limit, int wanted) {
    return tokens.draw(List.of(new Draw(MAIL, limit, wanted))).getFirst();
  }

  private static int drawn(RateTokens tokens, int wanted) {
    return draw(tokens, TEN, wanted).tokens();
  }

  @Test
  default void newBucket_isFull() {
    RateTokens tokens = newTokens(new SettableClock());

    assertThat(drawn(tokens, 7)).isEqualTo(7);
    assertThat(drawn(tokens, 7)).as("what is there, at once").isEqualTo(3);
    assertThat(drawn(tokens, 7)).isZero();
  }

  @Test
  default void bucket_fillsWithTime() {
    var clock = new SettableClock();
    RateTokens tokens = newTokens(clock);
    drawn(tokens, 10);

    clock.advance(Duration.ofMillis(250));
    assertThat(drawn(tokens, 10)).isEqualTo(2);
    clock.advance(Duration.ofMillis(50));
    assertThat(drawn(tokens, 10)).as("the half one was kept").isEqualTo(1);
  }

  @Test
  default void quietBucket_holdsNoMoreThanTheBurst() {
    var clock = new SettableClock();
    RateTokens tokens = newTokens(clock);
    drawn(tokens, 10);

    clock.advance(Duration.ofDays(400));
    assertThat(drawn(tokens, 1_000)).isEqualTo(10);
    assertThat(drawn(tokens, 1_000)).isZero();
  }

  /// However often it is drawn from, no token is lost or made.
  @Test
  default void drawsOfAnySize_keepTheRate() {
    var clock = new SettableClock();
    RateTokens tokens = newTokens(clock);
    drawn(tokens, 10);

    int sum = 0;
    for (int step = 0; step < 300; step++) {
      clock.advance(Duration.ofMillis(33));
      sum += drawn(tokens, 1 + step % 3);
    }

    assertThat(sum).isBetween(98, 99);
  }

  @Test
  default void emptyBucket_saysWhenTheNextTokenComes() {
    var clock = new SettableClock();
    RateTokens tokens = newTokens(clock);

    assertThat(draw(tokens, TEN, 9)).isEqualTo(new Drawn(9, Duration.ZERO));
    Duration next = draw(tokens, TEN, 9).untilNext();
    assertThat(next).isBetween(Duration.ofMillis(99), Duration.ofMillis(101));
    clock.advance(Duration.ofMillis(60));
    next = draw(tokens, TEN, 0).untilNext();
    assertThat(next).isBetween(Duration.ofMillis(39), Duration.ofMillis(41));
  }

  @Test
  default void look_drawsNothing() {
    RateTokens tokens = newTokens(new SettableClock());

    assertThat(draw(tokens, TEN, 0)).isEqualTo(new Drawn(0, Duration.ZERO));
    assertThat(drawn(tokens, 10)).isEqualTo(10);
  }

  @Test
  default void unusedTokens_arePutBackUpToTheBurst() {
    RateTokens tokens = newTokens(new SettableClock());
    drawn(tokens, 10);

    assertThat(drawn(tokens, -4)).isEqualTo(-4);
    assertThat(drawn(tokens, 3)).isEqualTo(3);
    drawn(tokens, -1_000);
    assertThat(drawn(tokens, 1_000)).isEqualTo(10);
  }

  @Test
  default void changedLimit_appliesToTheNextDraw() {
    var clock = new SettableClock();
    RateTokens tokens = newTokens(clock);
    drawn(tokens, 2);

    assertThat(draw(tokens, new RateLimit(10, 3), 100).tokens()).as("smaller burst").isEqualTo(3);
    var fast = new RateLimit(1_000, 500);
    draw(tokens, fast, 0);
    clock.advance(Duration.ofMillis(100));
    assertThat(draw(tokens, fast, 1_000).tokens()).as("faster").isEqualTo(100);
    var slow = new RateLimit(0.5, 5);
    draw(tokens, slow, 0);
    clock.advance(Duration.ofSeconds(2));
    assertThat(draw(tokens, slow, 1_000).tokens()).as("slower").isEqualTo(1);
  }

  @Test
  default void buckets_areIndependentAndResultsInOrder() {
    RateTokens tokens = newTokens(new SettableClock());

    List<Drawn> drawn =
        tokens.draw(
            List.of(new Draw(MAIL, TEN, 4), new Draw(AUDIT, new RateLimit(0.001, 1_000_000), 7)));
    assertThat(drawn).extracting(Drawn::tokens).containsExactly(4, 7);

    drawn = tokens.draw(List.of(new Draw(AUDIT, TEN, 20), new Draw(MAIL, TEN, 20)));
    assertThat(drawn).extracting(Drawn::tokens).containsExactly(10, 6);
    assertThat(tokens.draw(List.of())).isEmpty();
  }

  @Test
  default void clockSetBack_addsNothingAndStopsNothing() {
    var clock = new SettableClock();
    RateTokens tokens = newTokens(clock);
    drawn(tokens, 10);

    clock.step(Duration.ofHours(-5));
    assertThat(drawn(tokens, 10)).isZero();
    clock.advance(Duration.ofSeconds(1));

    assertThat(drawn(tokens, 100)).isEqualTo(10);
  }

  @Test
  default void clockSetForward_fillsTheBucketAtMost() {
    var clock = new SettableClock();
    RateTokens tokens = newTokens(clock);
    drawn(tokens, 10);

    clock.step(Duration.ofHours(5));
    int once = drawn(tokens, 1_000);
    clock.advance(Duration.ofMillis(300));

    assertThat(once).isIn(0, 10);
    assertThat(drawn(tokens, 1_000)).isEqualTo(3);
  }

  @Test
  default void forgottenBucket_isFullAgain() {
    RateTokens tokens = newTokens(new SettableClock());
    drawn(tokens, 10);

    tokens.forget(MAIL);
    tokens.forget(AUDIT);

    assertThat(drawn(tokens, 10)).isEqualTo(10);
  }
}
