package dev.sluice.adapter.jdbc;

import java.time.Instant;

/// The time when a delivery is due, as stored in the column `due_at`. Parked deliveries, whose
/// subscription is paused, have [#PARKED] added: they come after all others in every index by time,
/// so that no search for due deliveries meets them. Subtracting it returns them to their old place.
public final class DueTime {

  /// 2^62 nanoseconds, 146 years: no other delivery is due in 2116 or later, and the sum of both
  /// still fits. SQL statements contain the number, because an index of parked deliveries only is
  /// used only where its condition is a constant.
  public static final long PARKED = 1L << 62;

  private DueTime() {}

  /// Returns the value of the column.
  static long column(Instant dueAt, boolean isParked) {
    long nanos = Math.min(EpochNanos.of(dueAt), PARKED - 1);
    // Only due deliveries are parked: a time before 1970 comes from a wrong clock.
    return isParked ? Math.max(0, nanos) + PARKED : nanos;
  }

  /// Returns whether the value of the column is that of a parked delivery.
  static boolean isParked(long column) {
    return column >= PARKED;
  }

  /// Returns the time from which the delivery may be claimed.
  public static Instant toInstant(long column) {
    return EpochNanos.toInstant(isParked(column) ? column - PARKED : column);
  }
}
