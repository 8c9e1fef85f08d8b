package dev.sluice.adapter.jdbc;

import dev.sluice.domain.time.TimeLimit;
import dev.sluice.domain.time.TimeSource;
import java.lang.System.Logger.Level;
import java.time.Duration;

/// Remembers that the disk is full, and logs it at most once a minute instead of for each event.
public final class FullDiskNotice {

  private static final System.Logger LOG = System.getLogger(FullDiskNotice.class.getName());
  private static final Duration TELL_EVERY = Duration.ofMinutes(1);

  /// How long a refusal counts. A node that reports a full disk receives no events, and so would
  /// not find out that there is space again.
  private static final Duration COUNTS_FOR = Duration.ofSeconds(30);

  private final TimeSource clock;

  /// A race causes at most one extra log line.
  private volatile TimeLimit quiet;

  private volatile boolean isFull;
  private volatile TimeLimit counts;

  public FullDiskNotice(TimeSource clock) {
    this.clock = clock;
    this.quiet = TimeLimit.of(clock, Duration.ZERO);
    this.counts = quiet;
  }

  /// Records that events were refused, and logs it unless it did so a moment ago.
  void announce(DiskFullException e) {
    counts = TimeLimit.of(clock, COUNTS_FOR);
    isFull = true;
    if (quiet.isOver()) {
      quiet = TimeLimit.of(clock, TELL_EVERY);
      LOG.log(Level.ERROR, e.getMessage());
    }
  }

  /// Records that events were stored.
  void hasRoom() {
    if (isFull) {
      isFull = false;
    }
  }

  /// Returns whether events were refused lately, and none were stored since.
  public boolean isFull() {
    return isFull && !counts.isOver();
  }
}
