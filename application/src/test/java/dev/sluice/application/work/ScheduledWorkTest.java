package dev.sluice.application.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.Samples;
import dev.sluice.contract.Events;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.subscription.RetryPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Deliveries whose first attempt begins later.
final class ScheduledWorkTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Event IN_AN_HOUR =
      Events.event("e-1").withDeliverAt(SettableClock.START.plus(HOUR));

  @Test
  void scheduledDelivery_beginsWhenItsTimeComes() {
    try (var bench = Workbench.with((_, _) -> Outcome.SUCCEEDED, Samples.AT_ONCE, 2)) {
      bench.storage.append(IN_AN_HOUR);
      bench.engine.start();
      bench.pass(HOUR);
      bench.await("e-1", EventStatus.COMPLETED);

      assertThat(bench.attempts("e-1"))
          .extracting(Attempt::startedAt)
          .containsExactly(SettableClock.START.plus(HOUR));
    }
  }

  @Test
  void ageOfRetries_countsFromTheTimeOfTheEvent() {
    var tenMinutes =
        new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMinutes(10));
    var failure = new Outcome.Failed(true, StorageFixture.CAUSE, Duration.ZERO);
    try (var bench = Workbench.with((_, _) -> failure, tenMinutes, 2)) {
      bench.storage.append(IN_AN_HOUR);
      bench.engine.start();
      bench.pass(HOUR);

      bench.await("e-1", EventStatus.RETRYING);
    }
  }
}
