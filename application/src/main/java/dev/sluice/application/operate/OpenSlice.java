package dev.sluice.application.operate;

import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.figures.Slice;
import dev.sluice.domain.figures.Tier;
import java.time.Duration;
import java.time.Instant;

/// The slice of a tier that is under way. Guarded by its [SeriesRecorder]'s monitor.
final class OpenSlice {

  private final Slice.Key key;
  private final CounterSnapshot begin;
  private long backlog = Slice.UNKNOWN;
  private Duration oldestWaiting = Duration.ZERO;

  /// @param now it begins with the slice that this lies in
  /// @param begin where the counters stand
  OpenSlice(Tier tier, WorkerId node, Instant now, CounterSnapshot begin) {
    this.key = new Slice.Key(tier, tier.startOf(now), node);
    this.begin = begin;
  }

  /// Takes in what there is to do; the most of it stays.
  void sample(long newBacklog, Duration newOldestWaiting) {
    backlog = Math.max(backlog, newBacklog);
    oldestWaiting =
        oldestWaiting.compareTo(newOldestWaiting) < 0 ? newOldestWaiting : oldestWaiting;
  }

  /// What happened in it so far.
  Slice until(Instant now, CounterSnapshot counterSnapshot) {
    CounterSnapshot happened = counterSnapshot.since(begin);
    Instant until = now.isBefore(end()) ? now : end();
    return new Slice(
        key,
        until.isBefore(key.start()) ? key.start() : until,
        happened.totals(),
        happened.byType().busiest(Slice.MAX_TYPES),
        backlog,
        oldestWaiting,
        happened.times());
  }

  /// Whether another slice is due. When the clock is set back a little it goes on, so that it does
  /// not take the place of the one before; when it is set back by more there is no other way.
  boolean isOver(Instant now) {
    return !now.isBefore(end()) || now.isBefore(key.start().minus(key.tier().length()));
  }

  Tier tier() {
    return key.tier();
  }

  private Instant end() {
    return key.start().plus(key.tier().length());
  }
}
