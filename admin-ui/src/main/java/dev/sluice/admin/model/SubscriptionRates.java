package dev.sluice.admin.model;

import dev.sluice.admin.api.Stats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// How many deliveries of each subscription end in a second, from the totals at two times.
public final class SubscriptionRates {

  /// Shorter windows would show how the nodes' reports arrive.
  private static final Duration WINDOW = Duration.ofSeconds(10);

  /// Totals that are older say nothing about now.
  private static final Duration OUTDATED = Duration.ofMinutes(1);

  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(Instant at, Map<String, Stats.Totals> totals) {

    /// Returns the ended deliveries; empty when the service counts this subscription among others.
    private OptionalLong ended(String name) {
      Stats.Totals known = totals.get(name);
      if (known == null) {
        return totals.containsKey(TypeNames.OTHERS) ? OptionalLong.empty() : OptionalLong.of(0);
      }
      return OptionalLong.of(known.completed() + known.failed());
    }
  }

  /// Adds the totals at a time.
  public void add(Instant at, Stats stats) {
    samples.removeIf(sample -> sample.at.isBefore(at.minus(OUTDATED)));
    samples.addLast(new Sample(at, stats.subscriptions()));
    while (samples.size() > 2 && isPastWindow(at)) {
      samples.removeFirst();
    }
  }

  /// Whether the window is also covered without the first sample.
  private boolean isPastWindow(Instant at) {
    return samples.stream()
        .skip(1)
        .findFirst()
        .filter(second -> !second.at.isAfter(at.minus(WINDOW)))
        .isPresent();
  }

  /// Returns a rate; empty while it is unknown, as after a restart of the counters.
  public OptionalDouble of(String name) {
    if (samples.size() < 2) {
      return OptionalDouble.empty();
    }
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    double seconds = Duration.between(first.at, last.at).toMillis() / 1_000.0;
    OptionalLong before = first.ended(name);
    OptionalLong now = last.ended(name);
    boolean known = before.isPresent() && now.isPresent() && seconds > 0;
    return known && now.getAsLong() >= before.getAsLong()
        ? OptionalDouble.of((now.getAsLong() - before.getAsLong()) / seconds)
        : OptionalDouble.empty();
  }
}
