package dev.sluice.application.work;

import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.DeliveryQueue;
import dev.sluice.domain.port.DeliveryQueue.Reclaimed;
import dev.sluice.domain.port.TransitionListener;
import dev.sluice.domain.time.TimeSource;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Finds deliveries whose lease expired and makes them due again.
final class Reclaimer {

  private static final System.Logger LOG = System.getLogger(Reclaimer.class.getName());
  private static final int BATCH = 256;
  private static final long LARGE = 4L << 20;

  private final DeliveryQueue queue;
  private final Verdicts verdicts;
  private final AbandonedLimit abandonedLimit;
  private final TransitionListener listener;
  private final TimeSource clock;
  private final Duration interval;
  private final NextRun nextSweep;

  Reclaimer(
      DeliveryQueue queue,
      Verdicts verdicts,
      AbandonedLimit abandonedLimit,
      TransitionListener listener,
      TimeSource clock,
      Duration interval) {
    this.queue = queue;
    this.verdicts = verdicts;
    this.abandonedLimit = abandonedLimit;
    this.listener = listener;
    this.clock = clock;
    this.nextSweep = new NextRun(clock);
    this.interval = interval;
  }

  /// Reclaims when due. Called by one thread at a time.
  void sweepWhenDue() {
    if (!nextSweep.isDue()) {
      return;
    }
    nextSweep.in(interval);
    Instant now = clock.instant();
    List<Reclaimed> batch;
    do {
      batch = queue.reclaimExpired(BATCH, verdicts::onAbandoned);
      batch.forEach(reclaimed -> announce(reclaimed, now));
      if (!batch.isEmpty()) {
        abandonedLimit.expectSome();
      }
    } while (batch.size() == BATCH || isLarge(batch));
  }

  /// Whether the storage may have returned fewer than there are, so that large payloads cannot fill
  /// the memory.
  private static boolean isLarge(List<Reclaimed> batch) {
    return batch.stream().mapToLong(one -> one.claim().event().length()).sum() >= LARGE;
  }

  /// Never negative, even when the clock was set back.
  private static Duration since(Instant then, Instant now) {
    Duration passed = Duration.between(then, now);
    return passed.isNegative() ? Duration.ZERO : passed;
  }

  private void announce(Reclaimed reclaimed, Instant now) {
    Claim claim = reclaimed.claim();
    LOG.log(
        Level.WARNING,
        "lease of worker " + claim.lease().worker() + " expired: " + Settler.describe(claim));
    listener.onTransition(
        new Transition.Settled(
            claim.event(),
            claim.subscription(),
            claim.attempts(),
            claim.lease().worker(),
            reclaimed.resolution(),
            now,
            since(claim.lease().startedAt(), now),
            since(claim.event().deliverAt(), now)));
  }
}
