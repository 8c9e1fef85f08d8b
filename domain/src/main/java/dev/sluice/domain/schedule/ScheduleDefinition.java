package dev.sluice.domain.schedule;

import java.time.ZoneId;

/// What an operator writes down about a schedule.
///
/// @param cron when its ticks are, as a cron expression
/// @param zone whose local time the expression means
/// @param event the events of the ticks
/// @param catchUp which missed ticks still get their events
/// @param isEnabled whether ticks get events; those of a disabled schedule never do
public record ScheduleDefinition(
    String cron, ZoneId zone, EventTemplate event, CatchUp catchUp, boolean isEnabled) {

  /// Maximum number of characters of a cron expression.
  public static final int MAX_CRON = 200;

  /// Returns whether both definitions are enabled and have the same ticks, so that ticks that are
  /// due stay due when one replaces the other.
  public boolean continues(ScheduleDefinition other) {
    return isEnabled && other.isEnabled && cron.equals(other.cron) && zone.equals(other.zone);
  }
}
