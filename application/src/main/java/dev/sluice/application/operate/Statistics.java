package dev.sluice.application.operate;

import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.Transition;
import dev.sluice.domain.figures.Breakdown;
import dev.sluice.domain.figures.NodeFigures;
import dev.sluice.domain.figures.Rates;
import dev.sluice.domain.figures.Slice;
import dev.sluice.domain.figures.Totals;
import dev.sluice.domain.port.TransitionListener;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Totals, rates and latencies of this node, kept in memory so that reading them costs the storage
/// nothing.
public final class Statistics implements TransitionListener {

  /// Events of further types are counted under [#OTHER_TYPES], so that producers cannot fill the
  /// memory.
  public static final int MAX_TYPES = NodeFigures.MAX_NAMES;

  /// The name for all types beyond the first [#MAX_TYPES].
  public static final String OTHER_TYPES = Breakdown.OTHER;

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DRAIN_WINDOW = Duration.ofSeconds(10);
  private static final List<Duration> WINDOWS =
      List.of(Duration.ofSeconds(10), MINUTE, Duration.ofMinutes(5));

  private final TimeSource clock;
  private final Instant startedAt;
  private final EventCounters all = new EventCounters();
  private final CountersByName byType = new CountersByName();
  private final CountersByName bySubscription = new CountersByName();
  private final RecentLatency acceptTime = new RecentLatency();
  private final RecentLatency handlerTime = new RecentLatency();
  private final RecentLatency acceptToDone = new RecentLatency();
  private final RateHistory history;
  private final NextRun nextMinute;

  public Statistics(TimeSource clock) {
    this.clock = clock;
    this.startedAt = clock.instant();
    this.nextMinute = new NextRun(clock);
    nextMinute.in(MINUTE);
    this.history = new RateHistory(clock.nanoTime());
  }

  /// Totals since the start, and current rates and latencies.
  public NodeFigures snapshot() {
    long now = clock.nanoTime();
    Totals totals = all.totals();
    return new NodeFigures(
        startedAt,
        totals,
        byType.totals(),
        bySubscription.totals(),
        WINDOWS.stream().map(window -> history.over(window, now, totals)).toList(),
        acceptTime.recent(),
        handlerTime.recent(),
        acceptToDone.recent());
  }

  /// The counters at this moment.
  CounterSnapshot snapshots() {
    return new CounterSnapshot(
        all.totals(),
        byType.totals(),
        bySubscription.totals(),
        new Slice.Times(
            acceptTime.sinceTheStart().coarser(),
            handlerTime.sinceTheStart().coarser(),
            acceptToDone.sinceTheStart().coarser()));
  }

  /// Totals since the start, over all types.
  public Totals totals() {
    return all.totals();
  }

  /// Deliveries finished per second, over the last ten seconds.
  public double drainPerSecond() {
    Rates recent = history.over(DRAIN_WINDOW, clock.nanoTime(), all.totals());
    return recent.completed() + recent.failed();
  }

  /// Records how long a request with events took.
  public void answered(Duration duration) {
    acceptTime.record(duration);
  }

  /// Takes the samples for the rates. Called at least once a second, by one thread at a time.
  public void tick() {
    history.sample(clock.nanoTime(), all.totals());
    if (nextMinute.isDue()) {
      nextMinute.in(MINUTE);
      List.of(acceptTime, handlerTime, acceptToDone).forEach(RecentLatency::nextMinute);
    }
  }

  @Override
  public void onTransition(Transition transition) {
    switch (transition) {
      case Transition.Accepted accepted -> onAccepted(accepted);
      case Transition.Settled settled -> onSettled(settled);
      case Transition.Claimed _,
          Transition.Replayed _,
          Transition.Backfilled _,
          Transition.Cancelled _,
          Transition.Discarded _,
          Transition.LeaseLost _ -> {
        // Operator actions and lost leases are counted by the metrics; neither is throughput.
      }
    }
  }

  private void onAccepted(Transition.Accepted accepted) {
    all.accepted();
    byType.of(accepted.type().value()).accepted();
    for (DeliverySnapshot delivery : accepted.event().deliveries()) {
      bySubscription.of(delivery.subscription().value()).accepted();
    }
  }

  private void onSettled(Transition.Settled settled) {
    EventCounters type = byType.of(settled.type().value());
    EventCounters subscription = bySubscription.of(settled.subscription().value());
    handlerTime.record(settled.handlerTime());
    switch (settled.resolution()) {
      case Resolution.Complete _ -> {
        all.completed();
        type.completed();
        subscription.completed();
        acceptToDone.record(settled.sinceDue());
      }
      case Resolution.DeadLetter _ -> {
        all.failed();
        type.failed();
        subscription.failed();
      }
      case Resolution.Retry _ -> {
        all.retried();
        type.retried();
        subscription.retried();
      }
      case Resolution.HandBack _, Resolution.Expire _ -> {
        // Not an outcome of a handler.
      }
    }
  }
}
