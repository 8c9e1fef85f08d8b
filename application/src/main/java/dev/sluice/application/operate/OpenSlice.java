package dev.sluice.application.operate;

import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.figures.Slice;
import dev.sluice.domain.figures.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The slice of a tier that is in progress. Guarded by the monitor of its [SeriesRecorder].
final class OpenSlice {

  private final Slice.Key key;
  private final CounterSnapshot begin;
  private long backlog = Slice.UNKNOWN;
  private Duration oldestWaiting = Duration.ZERO;

  /// @param now a time in the slice
  /// @param begin the counters at the start of the slice
  OpenSlice(Tier tier, WorkerId node, Instant now, CounterSnapshot begin) {
    this.key = new Slice.Key(tier, tier.startOf(now), node);
    this.begin = begin;
  }

  /// Adds a sample of the load; the slice keeps the maximum.
  void sample(long newBacklog, Duration newOldestWaiting) {
    backlog = Math.max(backlog, newBacklog);
    oldestWaiting =
        oldestWaiting.compareTo(newOldestWaiting) < 0 ? newOldestWaiting : oldestWaiting;
  }

  /// The slice so far.
  Slice until(Instant now, CounterSnapshot counterSnapshot) {
    CounterSnapshot happened = counterSnapshot.since(begin);
    Instant until = now.isBefore(end()) ? now : end();
    return new Slice(
        key,
        until.isBefore(key.start()) ? key.start() : until,
        happened.totals(),
        happened.byType().busiest(Slice.MAX_TYPES),
        Optional.of(happened.bySubscription().busiest(Slice.MAX_SUBSCRIPTIONS)),
        backlog,
        oldestWaiting,
        happened.times());
  }

  /// Whether the next slice is due. When the clock is set back a little, this slice continues, so
  /// that it does not replace the one before; when the clock is set back further, that cannot be
  /// avoided.
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
