package dev.sluice.admin.model;

import java.util.List;
import java.util.Optional;

/// An overview tile: a number with its recent history.
///
/// @param value formatted number, without its unit
/// @param unit unit, shown smaller after the value
/// @param tone severity of the number
/// @param course recent values, oldest first
/// @param leadsTo query for the events behind the number; empty for the dead letters screen
public record Tile(
    String title,
    String value,
    String unit,
    Tone tone,
    List<Double> course,
    Optional<EventQuery> leadsTo) {

  /// Severity of a number.
  public enum Tone {
    CALM,
    WARNING,
    BAD
  }

  /// Returns the text for screen readers.
  public String spoken() {
    return title + ": " + value + (unit.isEmpty() ? "" : " " + unit);
  }
}
