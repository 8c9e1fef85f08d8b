package dev.sluice.adapter.jdbc;

import dev.sluice.domain.time.TimeLimit;
import dev.sluice.domain.time.TimeSource;
import java.lang.System.Logger.Level;
import java.time.Duration;

/// Operators must learn that the disk is full, but not with a line for each event.
final class FullDiskNotice {

  private static final System.Logger LOG = System.getLogger(FullDiskNotice.class.getName());
  private static final Duration TELL_EVERY = Duration.ofMinutes(1);

  private final TimeSource clock;

  /// Raced for at most one line too many.
  private volatile TimeLimit quiet;

  FullDiskNotice(TimeSource clock) {
    this.clock = clock;
    this.quiet = TimeLimit.of(clock, Duration.ZERO);
  }

  /// Writes it down, unless it did so a moment ago.
  void tell(DiskFullException e) {
    if (quiet.isOver()) {
      quiet = TimeLimit.of(clock, TELL_EVERY);
      LOG.log(Level.ERROR, e.getMessage());
    }
  }
}
