package dev.sluice.application.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.Samples;
import dev.sluice.contract.Events;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.subscription.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Deliveries whose first attempt begins later, or that expire.
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

  private static Event expiring(Duration after) {
    Event event = Events.event("e-1");
    return new Event(
        event.id(),
        event.type(),
        event.occurredAt(),
        event.receivedAt(),
        event.payload(),
        event.attributes().withExpiresAt(SettableClock.START.plus(after)));
  }

  @Test
  void expiredDelivery_isNotBegun() {
    var calls = new AtomicInteger();
    try (var bench = Workbench.with((_, _) -> counted(calls), Samples.AT_ONCE, 2)) {
      bench.storage.append(expiring(HOUR));
      bench.pass(HOUR);
      bench.engine.start();
      bench.await("e-1", EventStatus.EXPIRED);

      assertThat(calls).hasValue(0);
      assertThat(bench.awaitNews(Transition.Settled.class, 1).getFirst().status())
          .isEqualTo(DeliveryStatus.EXPIRED);
    }
  }

  @Test
  void deliveryBeforeItsExpiry_isProcessed() {
    var calls = new AtomicInteger();
    try (var bench = Workbench.with((_, _) -> counted(calls), Samples.AT_ONCE, 2)) {
      bench.storage.append(expiring(HOUR));
      bench.pass(HOUR.minusMillis(1));
      bench.engine.start();
      bench.await("e-1", EventStatus.COMPLETED);

      assertThat(calls).hasValue(1);
    }
  }

  @Test
  void retryAfterTheExpiry_isNotBegun() {
    var later = new RetryPolicy(3, HOUR, HOUR, Duration.ZERO);
    var failure = new Outcome.Failed(true, StorageFixture.CAUSE, Duration.ZERO);
    try (var bench = Workbench.with((_, _) -> failure, later, 2)) {
      bench.storage.append(expiring(Duration.ofMinutes(1)));
      bench.engine.start();
      bench.await("e-1", EventStatus.RETRYING);
      bench.pass(HOUR);
      bench.await("e-1", EventStatus.EXPIRED);

      assertThat(bench.storage.record("e-1").summary().attempts()).isEqualTo(2);
    }
  }

  @Test
  void slotOfAnExpiredDelivery_goesToTheNext() {
    try (var bench = Workbench.with((_, _) -> Outcome.SUCCEEDED, Samples.AT_ONCE, 1)) {
      bench.storage.append(expiring(HOUR));
      bench.pass(HOUR);
      bench.storage.append(Events.event("e-2"));
      bench.engine.start();

      bench.await("e-1", EventStatus.EXPIRED);
      bench.await("e-2", EventStatus.COMPLETED);
      bench.awaitInFlight(0);
    }
  }

  private static Outcome counted(AtomicInteger calls) {
    calls.incrementAndGet();
    return Outcome.SUCCEEDED;
  }
}
