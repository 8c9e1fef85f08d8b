package dev.sluice.adapter.jdbc;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Operators must learn that the disk is full, but not with a line for each event.
final class FullDiskNotice {

  private static final System.Logger LOG = System.getLogger(FullDiskNotice.class.getName());
  private static final Duration TELL_EVERY = Duration.ofMinutes(1);

  private final InstantSource clock;

  /// Raced for at most one line too many.
  private volatile Instant nextTelling = Instant.MIN;

  FullDiskNotice(InstantSource clock) {
    this.clock = clock;
  }

  /// Writes it down, unless it did so a moment ago.
  void tell(DiskFullException e) {
    Instant now = clock.instant();
    if (now.isAfter(nextTelling)) {
      nextTelling = now.plus(TELL_EVERY);
      LOG.log(Level.ERROR, e.getMessage());
    }
  }
}
