package dev.sluice.adapter.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.claim.Quotas;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class WorkTurnsTest {

  private static final SubscriptionName MAIL = new SubscriptionName("mail");
  private static final Quotas QUOTAS = QuotaSamples.upTo(10);

  private final SettableClock clock = new SettableClock();
  private final WorkTurns turns = new WorkTurns(DatabaseClock.of(clock));

  private void limitReached() {
    turns.workArrived(MAIL, Instant.MIN);
    turns.limitReached(MAIL);
  }

  /// Looks and appended events report work all the time.
  @Test
  void subscriptionAtItsLimit_isLeftAloneWhateverArrives() {
    limitReached();
    turns.workArrived(MAIL, Instant.MIN);

    assertThat(turns.due(QUOTAS)).isEmpty();
    assertThat(turns.untilDue(QUOTAS)).isEqualTo(Duration.ofMillis(20));
    clock.advance(Duration.ofMillis(20));
    assertThat(turns.due(QUOTAS)).containsExactly(MAIL);
  }

  @Test
  void limitThatIsMetAgainAndAgain_isLookedAtLessOften() {
    Duration longest = Duration.ZERO;
    for (int time = 0; time < 10; time++) {
      limitReached();
      longest = turns.untilDue(QUOTAS);
      clock.advance(longest);
    }

    assertThat(longest).isEqualTo(Duration.ofMillis(320));
    turns.served(MAIL);
    limitReached();
    assertThat(turns.untilDue(QUOTAS)).isEqualTo(Duration.ofMillis(20));
  }

  @Test
  void leaseThatEndsHere_makesRoomAtOnce() {
    assertThat(turns.leaseEnded(MAIL)).as("no limit was reached").isFalse();
    limitReached();

    assertThat(turns.leaseEnded(MAIL)).isTrue();
    assertThat(turns.due(QUOTAS)).containsExactly(MAIL);
  }

  @Test
  void clockThatIsSetBack_doesNotProlongTheWait() {
    limitReached();
    clock.advance(Duration.ofHours(-1));
    turns.workArrived(MAIL, Instant.MIN);

    assertThat(turns.due(QUOTAS)).containsExactly(MAIL);
  }
}
