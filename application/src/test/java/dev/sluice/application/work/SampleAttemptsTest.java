package dev.sluice.application.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.application.fixture.HeldHandler;
import dev.sluice.application.fixture.PlainFilters;
import dev.sluice.application.subscription.SubscriptionCache;
import dev.sluice.contract.Events;
import dev.sluice.contract.Eventually;
import dev.sluice.domain.delivery.FailureCause;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.port.EventHandler;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.TypePattern;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SampleAttemptsTest {

  private static final Subscription ANY =
      Subscription.builtIn(
          SubscriptionDefinition.of(List.of(TypePattern.ANY), new Destination.Demo()));
  private static final Duration SHORT = Duration.ofMillis(5);

  private static SampleAttempts attempts(Map<String, EventHandler> handlers, Duration timeout) {
    TimeSource clock = TimeSource.of(InstantSource.system(), System::nanoTime);
    var cache =
        new SubscriptionCache(MemoryAdapter.subscriptions(), ANY, PlainFilters.FORMAT, clock);
    var retries = new RetryPolicy(0, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    return new SampleAttempts(new Handlers(cache, handlers, retries), timeout, clock);
  }

  private static SampleAttempt attemptOf(EventHandler handler) {
    return attempts(Map.of("demo", handler), Duration.ofMinutes(1))
        .make(ANY, Events.event("sample"));
  }

  @Test
  void outcome_isThatOfTheHandler() {
    assertThat(attemptOf((_, _) -> Outcome.SUCCEEDED))
        .asInstanceOf(type(SampleAttempt.Made.class))
        .extracting(SampleAttempt.Made::outcome)
        .isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void exception_isAFailure() {
    SampleAttempt attempt =
        attemptOf(
            (_, _) -> {
              throw new IllegalStateException("no receiver");
            });

    assertThat(attempt)
        .asInstanceOf(type(SampleAttempt.Made.class))
        .extracting(SampleAttempt.Made::outcome)
        .isEqualTo(Outcome.failed("IllegalStateException", "no receiver"));
  }

  @Test
  void attemptWithoutOutcome_isInterruptedAtItsTimeout() {
    HeldHandler handler = HeldHandler.obedient();

    SampleAttempt attempt =
        attempts(Map.of("demo", handler), SHORT).make(ANY, Events.event("sample"));

    assertThat(attempt)
        .asInstanceOf(type(SampleAttempt.Made.class))
        .extracting(SampleAttempt.Made::outcome)
        .asInstanceOf(type(Outcome.Failed.class))
        .extracting(failed -> failed.cause().kind())
        .isEqualTo(FailureCause.Kind.TIMEOUT);
    Eventually.holds("the handler is interrupted", () -> handler.interruptions() == 1);
  }

  @Test
  void attemptsBeyondTheLimit_areRefusedUntilHandlersReturn() {
    HeldHandler handler = HeldHandler.stubborn();
    SampleAttempts attempts = attempts(Map.of("demo", handler), SHORT);

    for (int number = 0; number < SampleAttempts.MOST_AT_ONCE; number++) {
      assertThat(attempts.make(ANY, Events.event("sample"))).isInstanceOf(SampleAttempt.Made.class);
    }
    assertThat(attempts.make(ANY, Events.event("sample"))).isEqualTo(new SampleAttempt.Busy());

    handler.release();
    Eventually.holds(
        "there is room again",
        () -> attempts.make(ANY, Events.event("sample")) instanceof SampleAttempt.Made);
  }

  @Test
  void destinationWithoutHandler_isNotTried() {
    assertThat(attempts(Map.of(), SHORT).make(ANY, Events.event("sample")))
        .isEqualTo(new SampleAttempt.NoHandler());
  }
}
