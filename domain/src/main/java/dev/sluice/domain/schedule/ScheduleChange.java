package dev.sluice.domain.schedule;

import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import java.time.Instant;

/// A new version of a schedule, to be stored.
///
/// @param name the schedule
/// @param expected which version it may replace
/// @param definition its new definition
/// @param by who changes it
/// @param at when
/// @param handledUntil ticks up to this time count as handled, besides those that already do
public record ScheduleChange(
    ScheduleName name,
    Expected expected,
    ScheduleDefinition definition,
    String by,
    Instant at,
    Instant handledUntil) {

  /// Returns the schedule after this change.
  ///
  /// @param version the new version of the set
  /// @param before its progress so far
  public Schedule at(long version, ScheduleProgress before) {
    return new Schedule(name, version, definition, by, at, before.skippingTo(handledUntil));
  }
}
