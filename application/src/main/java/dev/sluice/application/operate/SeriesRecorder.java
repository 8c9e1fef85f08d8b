package dev.sluice.application.operate;

import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.figures.Slice;
import dev.sluice.domain.figures.Tier;
import dev.sluice.domain.port.SeriesStore;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes this node's history: every ten seconds the current slice of each tier, so that a crash
/// loses at most ten seconds. Slices that cannot be written wait until the storage is back, for
/// about two hours.
final class SeriesRecorder {

  private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(5);
  private static final Duration FORGET_EVERY = Duration.ofMinutes(1);
  private static final int MAX_WAITING = 1_000;
  private static final int BATCH = 100;
  private static final int MAX_BATCHES = 10;
  private static final int FORGET_BATCH = 1_000;

  private final SeriesStore store;
  private final WorkerId node;
  private final Statistics statistics;
  private final CachedCounts counts;
  private final TimeSource clock;

  private final Object writing = new Object();

  /// Guarded by this object's monitor, as are the next three fields.
  private final List<OpenSlice> open = new ArrayList<>();

  private final Map<Slice.Key, Slice> waiting = new LinkedHashMap<>();
  private Instant nextCut;
  private Instant lastSample = Instant.MIN;

  /// Used by the thread that writes, as is the next field.
  private final NextRun nextWrite;

  private final NextRun nextForgetting;

  /// Starts with all counters at zero.
  SeriesRecorder(
      SeriesStore store,
      WorkerId node,
      Statistics statistics,
      CachedCounts counts,
      TimeSource clock) {
    this.store = store;
    this.node = node;
    this.statistics = statistics;
    this.counts = counts;
    this.clock = clock;
    this.nextWrite = new NextRun(clock);
    this.nextForgetting = new NextRun(clock);
    Instant now = clock.instant();
    this.nextCut = cutAfter(now);
    for (Tier tier : Tier.values()) {
      open.add(new OpenSlice(tier, node, now, CounterSnapshot.START));
    }
  }

  private static Instant cutAfter(Instant now) {
    return Tier.TEN_SECONDS.startOf(now).plus(Tier.TEN_SECONDS.length());
  }

  /// Samples the counters when due; never waits for the storage.
  synchronized void tick() {
    Instant now = clock.instant();
    sample();
    boolean wasSetBack = now.isBefore(nextCut.minus(Tier.TEN_SECONDS.length().multipliedBy(2)));
    if (!now.isBefore(nextCut) || wasSetBack) {
      cut(now);
    }
  }

  private void sample() {
    CachedCounts.Reading reading = counts.latest();
    if (reading.isKnown() && !reading.asOf().equals(lastSample)) {
      lastSample = reading.asOf();
      long backlog = reading.counts().backlog();
      Duration oldest = reading.counts().oldestWaitingAge(reading.asOf()).orElse(Duration.ZERO);
      open.forEach(slice -> slice.sample(backlog, oldest));
    }
  }

  /// All tiers are cut at whole tens of seconds, so one snapshot serves all.
  private void cut(Instant now) {
    nextCut = cutAfter(now);
    CounterSnapshot counterSnapshot = statistics.snapshots();
    for (int index = 0; index < open.size(); index++) {
      OpenSlice slice = open.get(index);
      Slice soFar = slice.until(now, counterSnapshot);
      waiting.put(soFar.key(), soFar);
      if (slice.isOver(now)) {
        open.set(index, new OpenSlice(slice.tier(), node, now, counterSnapshot));
      }
    }
    Iterator<Slice> oldest = waiting.values().iterator();
    while (waiting.size() > MAX_WAITING) {
      oldest.next();
      oldest.remove();
    }
  }

  /// Writes pending slices and deletes old ones when due. Called by one thread at a time.
  void writeWhenDue() {
    if (!nextWrite.isDue()) {
      return;
    }
    nextWrite.in(PAUSE_AFTER_ERROR);
    write();
    if (nextForgetting.isDue()) {
      nextForgetting.in(FORGET_EVERY);
      Instant now = clock.instant();
      for (Tier tier : Tier.values()) {
        forget(tier, tier.horizon(now));
      }
    }
    nextWrite.in(Duration.ZERO);
  }

  /// Writes the last seconds too, because the node stops.
  void finish() {
    synchronized (this) {
      cut(clock.instant());
    }
    write();
  }

  /// One thread at a time, so that a stale slice cannot overwrite a newer one.
  private void write() {
    synchronized (writing) {
      List<Slice> some = some();
      for (int batch = 0; batch < MAX_BATCHES && !some.isEmpty(); batch++) {
        store.put(some);
        written(some);
        some = some();
      }
    }
  }

  private synchronized List<Slice> some() {
    return waiting.values().stream().limit(BATCH).toList();
  }

  /// A slice that has grown meanwhile must be written again.
  private synchronized void written(List<Slice> slices) {
    slices.forEach(slice -> waiting.remove(slice.key(), slice));
  }

  private void forget(Tier tier, Instant before) {
    int last = FORGET_BATCH;
    for (int batch = 0; batch < MAX_BATCHES && last == FORGET_BATCH; batch++) {
      last = store.forget(tier, before, FORGET_BATCH);
    }
  }
}
