package dev.sluice.application.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.application.fixture.Samples;
import dev.sluice.contract.Events;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.subscription.RetryPolicy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A simulation: one event of a thousand kills every process that starts it, and a new process
/// takes over. Each process claims many deliveries ahead.
final class CrashLoopTest {

  private static final int SLOTS = 64;
  private static final String POISON = "e-300";
  private static final Duration STEP = Duration.ofMillis(10);

  private final StorageFixture storage = Samples.storage();

  @ParameterizedTest
  @CsvSource({"0,1", "0,50", "1,50", "2,1", "2,50", "5,1", "5,50", "5,200"})
  void eventThatEndsItsWorker_takesNoOtherToTheDeadLetters(int maxRetries, int stepsPerAttempt) {
    var policy =
        new RetryPolicy(maxRetries, Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ZERO);
    var handlers =
        new Handlers(
            Samples.cacheOf(storage.clock()),
            Map.of(Samples.DESTINATION.kind(), (_, _) -> Outcome.SUCCEEDED),
            policy);
    var verdicts = new Verdicts(handlers, (_, _) -> {}, storage.clock(), new Random(7));
    storage.events().append(Events.many(1_000));

    int crashes = 0;
    while (storage.events().counts().backlog() > 0 && crashes < 100) {
      boolean isCrash = new Life(stepsPerAttempt).runUntilItCrashes();
      crashes += isCrash ? 1 : 0;
      storage.clock().advance(StorageFixture.LEASE);
      storage.queue().reclaimExpired(10_000, verdicts::onAbandoned);
    }

    assertThat(storage.events().counts().of(DeliveryStatus.FAILED)).isEqualTo(1);
    assertThat(storage.status(POISON)).isEqualTo(EventStatus.FAILED);
    assertThat(crashes).isEqualTo(Math.max(3, maxRetries + 2));
  }

  /// The life of one process.
  private final class Life {

    private final AbandonedLimit limit = new AbandonedLimit(SLOTS, storage.clock());
    private final Deque<Claim> waiting = new ArrayDeque<>();
    private final List<Claim> running = new ArrayList<>();
    private final int stepsPerAttempt;

    Life(int stepsPerAttempt) {
      this.stepsPerAttempt = stepsPerAttempt;
    }

    /// @return false when no work is left
    boolean runUntilItCrashes() {
      for (int idle = 0; idle < 60_000; idle++) {
        if (!fillSlots()) {
          return true;
        }
        if (!running.isEmpty()) {
          storage.clock().advance(STEP.multipliedBy(stepsPerAttempt));
          endAttempts();
          idle = 0;
        }
        storage.clock().advance(STEP);
        if (storage.events().counts().backlog() == 0) {
          return false;
        }
      }
      return false;
    }

    /// @return false when the process crashes
    private boolean fillSlots() {
      int may = limit.mayClaim(SLOTS - running.size());
      if (may > 0) {
        List<Claim> apart =
            storage
                .queue()
                .claimAbandoned(
                    StorageFixture.WORKER, QuotaSamples.upTo(may), StorageFixture.LEASE);
        List<Claim> admitted = limit.admit(apart);
        running.addAll(admitted);
        apart.stream()
            .filter(claim -> !admitted.contains(claim))
            .forEach(claim -> storage.settle(claim, Resolution.HAND_BACK));
      }
      waiting.addAll(
          storage
              .queue()
              .claim(
                  StorageFixture.WORKER,
                  QuotaSamples.upTo(
                      SLOTS * Slots.DELIVERIES_PER_SLOT - waiting.size() - running.size()),
                  StorageFixture.LEASE));
      while (running.size() < SLOTS && !waiting.isEmpty()) {
        running.add(waiting.poll());
      }
      return running.stream().noneMatch(claim -> claim.event().id().value().equals(POISON));
    }

    private void endAttempts() {
      for (Claim claim : running) {
        storage.settle(claim, Resolution.COMPLETE);
        if (claim.isAfterAbandonment()) {
          limit.ended();
          limit.proven();
        }
      }
      running.clear();
    }
  }
}
