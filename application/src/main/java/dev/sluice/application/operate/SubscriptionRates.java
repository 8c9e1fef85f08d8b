package dev.sluice.application.operate;

import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.figures.Breakdown;
import dev.sluice.domain.figures.NodeFigures;
import dev.sluice.domain.figures.Rates;
import dev.sluice.domain.figures.Totals;
import dev.sluice.domain.node.NodeReport;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The rates of each subscription over the last minute, on all live nodes together, from samples of
/// their totals.
final class SubscriptionRates {

  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MAX_SAMPLES = (int) WINDOW.dividedBy(INTERVAL) + 1;

  private final Supplier<List<NodeReport>> live;
  private final TimeSource clock;
  private final NextRun nextSample;

  /// Guarded by this object's monitor; oldest first.
  private final Deque<Sample> samples = new ArrayDeque<>();

  /// @param live reads the latest reports of the live nodes
  SubscriptionRates(Supplier<List<NodeReport>> live, TimeSource clock) {
    this.live = live;
    this.clock = clock;
    this.nextSample = new NextRun(clock);
  }

  /// A process: a node that restarts counts from zero again.
  private record Counting(WorkerId node, Instant since) {}

  /// @param at monotonic, in nanoseconds
  private record Sample(long at, Map<Counting, Breakdown> totals) {}

  /// Takes a sample when due. Called by one thread at a time.
  void sampleWhenDue() {
    if (nextSample.isDue()) {
      nextSample.in(INTERVAL);
      sample();
    }
  }

  private void sample() {
    var totals = new HashMap<Counting, Breakdown>();
    for (NodeReport report : live.get()) {
      Optional<NodeFigures> figures = report.figures();
      figures.ifPresent(
          some -> totals.put(new Counting(report.id(), some.since()), some.bySubscription()));
    }
    synchronized (this) {
      samples.addLast(new Sample(clock.nanoTime(), totals));
      if (samples.size() > MAX_SAMPLES) {
        samples.removeFirst();
      }
    }
  }

  /// Returns the rates of a subscription; empty while they are unknown: before the second sample,
  /// or when a node counts it among others.
  synchronized Optional<Rates> of(String subscription) {
    if (samples.size() < 2) {
      return Optional.empty();
    }
    Sample last = samples.getLast();
    var sum = new Rates("1m", 0, 0, 0, 0);
    for (Map.Entry<Counting, Breakdown> node : last.totals().entrySet()) {
      Breakdown now = node.getValue();
      Sample first = firstWith(node.getKey());
      Breakdown before = first.totals().getOrDefault(node.getKey(), Breakdown.NONE);
      if (isAmongOthers(now, subscription)) {
        return Optional.empty();
      }
      // A node that was just seen first has no rate yet: it may have worked for long.
      sum =
          sum.plus(
              Rates.over(
                  "1m",
                  Duration.ofNanos(last.at() - first.at()),
                  totals(now, subscription).since(totals(before, subscription))));
    }
    return Optional.of(sum);
  }

  private Sample firstWith(Counting node) {
    return samples.stream()
        .filter(sample -> sample.totals().containsKey(node))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isAmongOthers(Breakdown totals, String subscription) {
    return !totals.totals().containsKey(subscription)
        && totals.totals().containsKey(Breakdown.OTHER);
  }

  private static Totals totals(Breakdown breakdown, String subscription) {
    return breakdown.totals().getOrDefault(subscription, Totals.NONE);
  }
}
