package dev.sluice.domain.schedule;

import dev.sluice.domain.subscription.NameRule;

/// The name of a schedule, unique within a service. It begins the ids of its events.
///
/// @param value lower-case letters, digits, `-`, `_` and `.`, 1 to 64 of them
public record ScheduleName(String value) {

  /// @throws IllegalArgumentException when the text breaks the rule
  public ScheduleName {
    NameRule.require("schedule name", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
