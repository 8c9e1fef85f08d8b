package dev.sluice.adapter.jdbc;

import java.time.Instant;

/// The time when a delivery is due, as stored in the column `due_at`. Three ranges keep apart what
/// claims search differently: from 0 on times as they are; negative numbers, which are times less
/// [#PARKED], of deliveries with a priority other than the default; and times with [#PARKED] added,
/// which no claim meets. The last 62 bits are the time in each of them.
public final class DueTime {

  /// 2^62 nanoseconds, 146 years: no delivery is due in 2116 or later. Earlier versions added it to
  /// the due time of deliveries whose subscription was paused, to get them out of the way of
  /// claims. SQL statements contain the number, because an index of these only is used only where
  /// its condition is a constant.
  public static final long PARKED = 1L << 62;

  private DueTime() {}

  /// Returns the value of the column. What was due before 1970 is due since then.
  public static long column(Instant dueAt) {
    return Math.clamp(EpochNanos.of(dueAt), 0, PARKED - 1);
  }

  /// Returns the value of the column for a delivery with a priority other than the default.
  public static long prioritized(Instant dueAt) {
    return column(dueAt) - PARKED;
  }

  /// Returns the time from which the delivery may be claimed.
  public static Instant toInstant(long column) {
    return EpochNanos.toInstant(column & (PARKED - 1));
  }
}
