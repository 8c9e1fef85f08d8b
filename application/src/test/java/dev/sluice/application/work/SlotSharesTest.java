package dev.sluice.application.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.subscription.SubscriptionName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SlotSharesTest {

  private static final SubscriptionName HOG = new SubscriptionName("hog");

  private final SlotShares shares = new SlotShares();

  /// Lets subscriptions whose attempts never end claim as much as they may.
  ///
  /// @return slots that are left
  private int free(int slots, int hogs) {
    int free = slots;
    for (int round = 0; round < 100; round++) {
      for (int hog = 0; hog < hogs; hog++) {
        var name = new SubscriptionName("hog-" + hog);
        if (Math.min(shares.allowance(name, free), free) > 0) {
          shares.claimed(name);
          free--;
        }
      }
    }
    return free;
  }

  @ParameterizedTest
  @CsvSource({"64,1,8", "64,2,4", "64,3,3", "64,8,1", "16,1,2", "16,2,1", "4,1,1", "2,1,1"})
  void hangingSubscriptions_leaveSlotsFree(int slots, int hogs, int left) {
    assertThat(free(slots, hogs)).isEqualTo(left);
  }

  @Test
  void subscriptionThatHoldsNone_getsTheLastSlot() {
    assertThat(shares.allowance(HOG, 1)).isEqualTo(1);
    assertThat(shares.allowance(HOG, 0)).isZero();
    shares.claimed(HOG);
    assertThat(shares.allowance(HOG, 1)).isZero();
  }

  @Test
  void endedAttempt_givesItsShareBack() {
    for (int count = 0; count < 9; count++) {
      shares.claimed(HOG);
    }
    assertThat(shares.allowance(HOG, 1)).isZero();

    assertThat(shares.released(HOG, false)).as("it was limited").isTrue();

    assertThat(shares.allowance(HOG, 2)).isEqualTo(1 - 1);
    assertThat(shares.allowance(HOG, 10)).isEqualTo((8 * 10 - 8) / 9);
    assertThat(shares.released(HOG, false)).isTrue();
    assertThat(shares.released(HOG, false)).as("no claim since").isFalse();
  }

  @Test
  void shortAttempts_allowToClaimAheadOnce() {
    shares.claimed(HOG);
    shares.claimed(HOG);
    shares.released(HOG, true);

    assertThat(shares.allowance(HOG, 9)).isEqualTo((8 * 9 - 1) / 9 + 1);
    shares.claimed(HOG);
    assertThat(shares.allowance(HOG, 9)).isEqualTo((8 * 9 - 2) / 9);
  }
}
