package dev.sluice.adapter.jdbc;

import java.time.Instant;

/// The time when a delivery is due, as stored in the column `due_at`.
public final class DueTime {

  /// 2^62 nanoseconds, 146 years: no delivery is due in 2116 or later. Earlier versions added it to
  /// the due time of deliveries whose subscription was paused, to get them out of the way of
  /// claims. SQL statements contain the number, because an index of these only is used only where
  /// its condition is a constant.
  public static final long PARKED = 1L << 62;

  private DueTime() {}

  /// Returns the value of the column.
  public static long column(Instant dueAt) {
    return Math.min(EpochNanos.of(dueAt), PARKED - 1);
  }

  /// Returns the time from which the delivery may be claimed.
  public static Instant toInstant(long column) {
    return EpochNanos.toInstant(column >= PARKED ? column - PARKED : column);
  }
}
