package dev.sluice.domain.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How many waiting deliveries become due in the near future, in equal steps of time.
///
/// @param from the start of the first step
/// @param step the length of a step
/// @param counts the number in each step
/// @param isAtLeast whether there may be more, because the count stopped at its limit
public record DueCounts(Instant from, Duration step, List<Long> counts, boolean isAtLeast) {

  public DueCounts {
    counts = List.copyOf(counts);
  }

  /// Returns the end of the last step.
  public Instant until() {
    return from.plus(step.multipliedBy(counts.size()));
  }

  /// Counts deliveries. Used by one thread.
  public static final class Builder {

    private final Instant from;
    private final Duration step;
    private final long[] counts;
    private final long most;

    /// @param most the count stops at this number
    public Builder(Instant from, Duration step, int steps, long most) {
      this.from = from;
      this.step = step;
      this.counts = new long[steps];
      this.most = most;
    }

    /// Returns the start of the first step.
    public Instant from() {
      return from;
    }

    /// Returns the end of the last step.
    public Instant until() {
      return from.plus(step.multipliedBy(counts.length));
    }

    /// Returns the length of a step.
    public Duration step() {
      return step;
    }

    /// Returns how many more may be counted.
    public long left() {
      return Math.max(0, most - Arrays.stream(counts).sum());
    }

    /// Adds a delivery, unless it is due in none of the steps.
    public void add(Instant dueAt) {
      if (!dueAt.isBefore(from) && dueAt.isBefore(until())) {
        add((int) Duration.between(from, dueAt).dividedBy(step), 1);
      }
    }

    /// Adds deliveries of a step.
    ///
    /// @param place of the step, from 0
    public void add(int place, long number) {
      counts[place] += number;
    }

    public DueCounts build() {
      var list = new ArrayList<Long>();
      for (long count : counts) {
        list.add(count);
      }
      return new DueCounts(from, step, list, left() == 0);
    }
  }
}
