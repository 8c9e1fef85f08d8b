package dev.sluice.domain.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The ticks of a schedule that are due and not handled yet.
///
/// @param toEmit ticks that get their events now, in ascending order
/// @param skippedUntil ticks up to this time that are not in `toEmit` get no events; the time up to
///   which ticks were handled before, if there are none
/// @param areSomeSkipped whether there are such ticks
public record DueTicks(List<Instant> toEmit, Instant skippedUntil, boolean areSomeSkipped) {

  /// A tick is missed when it has no event this long after its time. Restarts and outages of the
  /// storage are often shorter.
  public static final Duration MISSED_AFTER = Duration.ofMinutes(1);

  private static final Duration FIRST_WINDOW = Duration.ofMinutes(2);
  private static final int GROWTH = 8;

  public DueTicks {
    toEmit = List.copyOf(toEmit);
  }

  /// Returns what is due.
  ///
  /// @param catchUp which missed ticks get their events
  /// @param handled ticks up to this time are handled
  public static DueTicks of(Ticks ticks, CatchUp catchUp, Instant handled, Instant now) {
    Instant missedUntil = now.minus(MISSED_AFTER);
    if (!missedUntil.isAfter(handled)) {
      return new DueTicks(within(ticks, handled, now, Integer.MAX_VALUE), handled, false);
    }
    List<Instant> toEmit =
        new ArrayList<>(newestWithin(ticks, handled, missedUntil, catchUp.limit()));
    Instant firstKept = toEmit.isEmpty() ? missedUntil.plusNanos(1) : toEmit.getFirst();
    boolean areSomeSkipped =
        ticks.after(handled).filter(tick -> tick.isBefore(firstKept)).isPresent();
    toEmit.addAll(within(ticks, missedUntil, now, Integer.MAX_VALUE));
    return new DueTicks(toEmit, areSomeSkipped ? missedUntil : handled, areSomeSkipped);
  }

  /// Returns the newest ticks of a range. Looks back step by step: from the beginning, a schedule
  /// of every minute would have millions of ticks after some years.
  private static List<Instant> newestWithin(Ticks ticks, Instant after, Instant until, int limit) {
    if (limit == 0) {
      return List.of();
    }
    Duration window = FIRST_WINDOW;
    while (until.minus(window).isAfter(after)) {
      List<Instant> found = within(ticks, until.minus(window), until, limit);
      if (found.size() == limit) {
        return found;
      }
      window = window.multipliedBy(GROWTH);
    }
    return within(ticks, after, until, limit);
  }

  private static List<Instant> within(Ticks ticks, Instant after, Instant until, int limit) {
    Deque<Instant> newest = new ArrayDeque<>();
    Optional<Instant> next = ticks.after(after);
    while (next.isPresent() && !next.get().isAfter(until)) {
      newest.addLast(next.get());
      if (newest.size() > limit) {
        newest.removeFirst();
      }
      next = ticks.after(next.get());
    }
    return List.copyOf(newest);
  }
}
