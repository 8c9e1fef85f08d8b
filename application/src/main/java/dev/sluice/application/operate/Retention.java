package dev.sluice.application.operate;

import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.time.TimeLimit;
import dev.sluice.domain.time.TimeSource;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;

/// Deletes finished events when they are old enough.
public final class Retention {

  private static final System.Logger LOG = System.getLogger(Retention.class.getName());
  private static final int BATCH = 1_000;
  private static final int MAX_BATCHES_PER_RUN = 100;
  private static final Duration LONGEST_RUN = Duration.ofMillis(200);
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final EventStore store;
  private final Duration keep;
  private final TimeSource clock;
  private final NextRun nextRun;

  /// @param keep finished events older than this are deleted
  public Retention(EventStore store, Duration keep, TimeSource clock) {
    this.store = store;
    this.keep = keep;
    this.clock = clock;
    this.nextRun = new NextRun(clock);
  }

  /// Deletes old events when due, in small steps and never for long. Called by one thread at a
  /// time.
  public void purgeWhenDue() {
    if (!nextRun.isDue()) {
      return;
    }
    nextRun.in(INTERVAL);
    int purged = purge(clock.instant().minus(keep));
    if (purged > 0) {
      LOG.log(Level.DEBUG, "retention removed " + purged + " events");
    }
  }

  private int purge(Instant finishedBefore) {
    TimeLimit limit = TimeLimit.of(clock, LONGEST_RUN);
    int purged = 0;
    int last = BATCH;
    for (int step = 0; step < MAX_BATCHES_PER_RUN && last == BATCH; step++) {
      last = store.purge(finishedBefore, BATCH);
      purged += last;
      if (last == BATCH && limit.isOver()) {
        // Other tasks wait for this thread; the rest follows in the next turn.
        nextRun.in(Duration.ZERO);
        break;
      }
    }
    return purged;
  }
}
