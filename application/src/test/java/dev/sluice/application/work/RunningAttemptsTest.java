package dev.sluice.application.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.contract.Events;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.Lease;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RunningAttemptsTest {

  private final RunningAttempts running = new RunningAttempts(2);

  @Test
  void removedAttempts_makePlaceForOthers() {
    RunningAttempt stays = attempt();
    running.add(stays);

    for (int turn = 0; turn < 5; turn++) {
      RunningAttempt passing = attempt();
      running.add(passing);
      assertThat(running.toList()).containsExactlyInAnyOrder(stays, passing);
      running.remove(passing);
    }

    assertThat(running.toList()).containsExactly(stays);
  }

  @Test
  void moreAttemptsThanSlots_areRefused() {
    running.add(attempt());
    running.add(attempt());

    assertThatIllegalStateException()
        .isThrownBy(() -> running.add(attempt()))
        .withMessageContaining("all 2 slots");
  }

  private static RunningAttempt attempt() {
    return new RunningAttempt(
        new Claim(
            1,
            Events.event("running"),
            new SubscriptionName("default"),
            AttemptCount.NONE,
            new Lease(new WorkerId("test"), Instant.EPOCH, Instant.MAX),
            false),
        SlotPool.HANDLERS,
        new SettableClock(),
        new LeaseEnd(0, Instant.MAX, false));
  }
}
