package dev.sluice.domain.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// What is to be done about the ticks of a schedule that are not handled yet.
///
/// @param toEmit ticks that get their events now, in ascending order
/// @param skippedUntil ticks up to this time, but for those above, are missed and get none; the
///   time of the known progress when there are none
/// @param areSomeSkipped whether there are such ticks
public record DueTicks(List<Instant> toEmit, Instant skippedUntil, boolean areSomeSkipped) {

  /// A tick is missed when it has no event for so long after its time. A restart, or an outage of
  /// the storage, is often shorter.
  public static final Duration MISSED_AFTER = Duration.ofMinutes(1);

  private static final Duration FIRST_WINDOW = Duration.ofHours(2);
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
        new ArrayList<>(newestWithin(ticks, handled, missedUntil, catchUp.most()));
    Instant firstKept = toEmit.isEmpty() ? missedUntil.plusNanos(1) : toEmit.getFirst();
    boolean areSomeSkipped =
        ticks.after(handled).filter(tick -> tick.isBefore(firstKept)).isPresent();
    toEmit.addAll(within(ticks, missedUntil, now, Integer.MAX_VALUE));
    return new DueTicks(toEmit, areSomeSkipped ? missedUntil : handled, areSomeSkipped);
  }

  /// Returns the newest ticks of a range. Looks back step by step: from the beginning, a schedule
  /// of every minute would have millions of ticks after some years.
  private static List<Instant> newestWithin(Ticks ticks, Instant after, Instant until, int most) {
    if (most == 0) {
      return List.of();
    }
    Duration window = FIRST_WINDOW;
    while (until.minus(window).isAfter(after)) {
      List<Instant> found = within(ticks, until.minus(window), until, most);
      if (found.size() == most) {
        return found;
      }
      window = window.multipliedBy(GROWTH);
    }
    return within(ticks, after, until, most);
  }

  private static List<Instant> within(Ticks ticks, Instant after, Instant until, int most) {
    Deque<Instant> newest = new ArrayDeque<>();
    Optional<Instant> next = ticks.after(after);
    while (next.isPresent() && !next.get().isAfter(until)) {
      newest.addLast(next.get());
      if (newest.size() > most) {
        newest.removeFirst();
      }
      next = ticks.after(next.get());
    }
    return List.copyOf(newest);
  }
}
