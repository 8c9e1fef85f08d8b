package dev.sluice.domain.figures;

import java.time.Duration;
import java.time.Instant;

/// The length of slices and how long they are kept: the longer ago, the coarser.
///
/// A node keeps 390 + 1,560 + 1,092 slices at most, a little more than the tiers promise, so that a
/// range that begins at the end of a tier is still complete.
public enum Tier {
  /// Ten seconds, kept for an hour.
  TEN_SECONDS(Duration.ofSeconds(10), Duration.ofHours(1)),
  /// A minute, kept for a day.
  MINUTE(Duration.ofMinutes(1), Duration.ofDays(1)),
  /// Ten minutes, kept for a week.
  TEN_MINUTES(Duration.ofMinutes(10), Duration.ofDays(7));

  private static final int PARTS_OF_SLACK = 12;

  private final Duration length;
  private final Duration kept;

  Tier(Duration length, Duration kept) {
    this.length = length;
    this.kept = kept;
  }

  /// Returns the length of a slice.
  public Duration length() {
    return length;
  }

  /// Returns how far back there are slices.
  public Duration kept() {
    return kept;
  }

  /// Returns the time before which slices may be deleted.
  public Instant horizon(Instant now) {
    return now.minus(kept).minus(kept.dividedBy(PARTS_OF_SLACK));
  }

  /// Returns the start of the slice that contains this time; slices begin at the same times
  /// everywhere.
  public Instant startOf(Instant time) {
    long seconds = length.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
  }
}
