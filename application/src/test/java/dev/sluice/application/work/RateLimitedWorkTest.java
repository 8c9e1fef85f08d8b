package dev.sluice.application.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.HookedQueue;
import dev.sluice.application.fixture.HookedTokens;
import dev.sluice.application.fixture.Outage;
import dev.sluice.application.fixture.Samples;
import dev.sluice.contract.Eventually;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.subscription.RateLimit;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Subscriptions with a rate limit, and their neighbours.
final class RateLimitedWorkTest {

  private static final SubscriptionChange[] TWO = {
    Samples.limited("limited", new RateLimit(10, 10)), Samples.to("free", "*")
  };

  private static Workbench bench() {
    return Workbench.with((_, _) -> Outcome.SUCCEEDED, 8, Duration.ofMinutes(1), TWO);
  }

  private static long completed(Workbench bench) {
    return bench.storage.events().counts().of(EventStatus.COMPLETED);
  }

  private static void awaitCompleted(Workbench bench, long count) {
    Eventually.holds(
        count + " completed",
        () -> {
          bench.drawTokens();
          return completed(bench) == count;
        });
  }

  @Test
  void limitedSubscription_doesNotDelayAFreeOne() {
    try (Workbench bench = bench()) {
      bench.append("limited", 0, 1_000);
      bench.engine.start();
      awaitCompleted(bench, 10);

      bench.append("free", 0, 100);
      awaitCompleted(bench, 110);
      bench.pass(Duration.ofMillis(500));
      awaitCompleted(bench, 115);
    }
  }

  /// It waits for tokens, not in a loop.
  @Test
  void dispatcherWithoutTokens_doesNotSpin() {
    try (Workbench bench = bench()) {
      bench.append("limited", 0, 1_000);
      bench.engine.start();
      awaitCompleted(bench, 10);
      int before = bench.queue.hooks().calls(HookedQueue.Call.CLAIM);

      bench.append("free", 0, 20);
      awaitCompleted(bench, 30);

      assertThat(bench.queue.hooks().calls(HookedQueue.Call.CLAIM) - before)
          .isLessThanOrEqualTo(60);
    }
  }

  @Test
  void storageOutageOfDraws_stopsLimitedSubscriptionsOnly() {
    try (Workbench bench = bench()) {
      Outage outage = Outage.untilEnded();
      bench.tokens.hooks().before(HookedTokens.Call.DRAW, outage);
      bench.append("limited", 0, 5);
      bench.append("free", 0, 5);
      bench.engine.start();

      awaitCompleted(bench, 5);
      assertThat(bench.storage.status("free-4")).isEqualTo(EventStatus.COMPLETED);
      outage.end();
      awaitCompleted(bench, 10);
    }
  }

  @Test
  void drain_putsUnusedTokensBack() throws Exception {
    Workbench bench = bench();
    bench.append("limited", 0, 1);
    bench.engine.start();
    awaitCompleted(bench, 1);
    bench.awaitNews(Transition.Settled.class, 1);

    bench.engine.drain(Duration.ofSeconds(1));

    assertThat(bench.engine.untilNextToken(new SubscriptionName("limited"))).isEmpty();
  }
}
