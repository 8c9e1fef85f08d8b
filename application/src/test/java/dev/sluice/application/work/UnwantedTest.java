package dev.sluice.application.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.Chance;
import dev.sluice.application.fixture.Samples;
import dev.sluice.contract.Events;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What follows when a receiver wants no more events.
final class UnwantedTest {

  private static final Outcome UNWANTED =
      new Outcome.Unwanted("The receiver is gone.", Optional.empty());

  private final StorageFixture storage = Samples.storage();
  private final Map<SubscriptionName, String> paused = new HashMap<>();
  private SubscriptionPauser pauser = paused::put;

  private Resolution after(long versionOfAttempt) {
    storage.append(Events.event("e"));
    var handlers = new Handlers(Samples.cacheOf(storage.clock()), Map.of(), Samples.AT_ONCE);
    var attempt =
        new RunningAttempt(
            storage.claimOne(),
            SlotPool.RECEIVERS,
            storage.clock(),
            new LeaseEnd(0, SettableClock.START, false));
    attempt.runsWith(
        new AttemptSetup(
            versionOfAttempt,
            Samples.DESTINATION,
            (_, _) -> UNWANTED,
            Duration.ofSeconds(1),
            Samples.AT_ONCE));
    return new Verdicts(
            handlers,
            (subscription, reason) -> pauser.pause(subscription, reason),
            storage.clock(),
            Chance.LARGEST)
        .on(attempt, UNWANTED);
  }

  @Test
  void subscriptionOfTheSameVersion_isPaused() {
    assertThat(after(0)).isEqualTo(Resolution.HAND_BACK);
    assertThat(paused).containsEntry(SubscriptionName.DEFAULT, "The receiver is gone.");
  }

  @Test
  void subscriptionThatWasChangedMeanwhile_goesOn() {
    assertThat(after(7)).isEqualTo(Resolution.HAND_BACK);
    assertThat(paused).isEmpty();
  }

  @Test
  void pauseThatFails_isAFailureOfTheAttempt() {
    pauser =
        (_, _) -> {
          throw new IllegalStateException("a fault");
        };

    assertThat(after(0)).isInstanceOf(Resolution.Retry.class);
  }
}
