package dev.sluice.adapter.jdbc;

import java.time.Instant;

/// When a delivery is due, as the column `due_at` has it. Deliveries that are set aside while their
/// subscription is paused have [#PARKED] added, so that they lie behind all others in every index
/// by time and nothing that looks for what is due meets them; taking it off again puts them back to
/// their old place.
public final class DueTime {

  /// 2^62 nanoseconds, 146 years: no other delivery is due in 2116 or later, and the sum of both
  /// still fits. Statements spell it out, because an index that holds only what is set aside is
  /// used only where its condition is a constant.
  public static final long PARKED = 1L << 62;

  private DueTime() {}

  /// What the column holds.
  static long column(Instant dueAt, boolean isParked) {
    long nanos = Math.min(EpochNanos.of(dueAt), PARKED - 1);
    // What is set aside is due and so not before 1970, whatever somebody's clock said.
    return isParked ? Math.max(0, nanos) + PARKED : nanos;
  }

  /// Whether the column tells of a delivery that is set aside.
  static boolean isParked(long column) {
    return column >= PARKED;
  }

  /// Since when the delivery may be claimed.
  public static Instant toInstant(long column) {
    return EpochNanos.toInstant(isParked(column) ? column - PARKED : column);
  }
}
