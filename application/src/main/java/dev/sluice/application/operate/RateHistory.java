package dev.sluice.application.operate;

import dev.sluice.domain.figures.Rates;
import dev.sluice.domain.figures.Totals;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/// Samples of the totals, one a second for five minutes, from which rates are computed. Counting
/// costs the hot path only an adder.
final class RateHistory {

  private static final int MAX_SAMPLES = 301;
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /// @param at monotonic, in nanoseconds
  private record Sample(long at, Totals totals) {}

  /// Guarded by this object's monitor; oldest first.
  private final Deque<Sample> samples = new ArrayDeque<>();

  RateHistory(long begin) {
    samples.add(new Sample(begin, Totals.NONE));
  }

  /// Takes a sample if the last one is a second old.
  synchronized void sample(long now, Totals totals) {
    if (now - samples.getLast().at() < INTERVAL.toNanos()) {
      return;
    }
    samples.add(new Sample(now, totals));
    if (samples.size() > MAX_SAMPLES) {
      samples.removeFirst();
    }
  }

  /// Average rates from the newest sample that is at least `window` old, or else the oldest, until
  /// now.
  synchronized Rates over(Duration window, long now, Totals totals) {
    Iterator<Sample> newestFirst = samples.descendingIterator();
    Sample from = newestFirst.next();
    while (newestFirst.hasNext() && now - from.at() < window.toNanos()) {
      from = newestFirst.next();
    }
    return Rates.over(
        nameOf(window), Duration.ofNanos(now - from.at()), totals.since(from.totals()));
  }

  private static String nameOf(Duration window) {
    return window.toSeconds() < 60 ? window.toSeconds() + "s" : window.toMinutes() + "m";
  }
}
