package dev.sluice.admin.viewmodel;

import dev.sluice.admin.model.EventQuery;
import java.util.List;
import java.util.Optional;

/// A number of the overview with its recent course.
///
/// @param value as it is shown, without its unit
/// @param unit small, behind it
/// @param tone what the number means
/// @param course recent values, oldest first
/// @param leadsTo the events behind it; empty when they are the dead letters' screen
public record Tile(
    String title,
    String value,
    String unit,
    Tone tone,
    List<Double> course,
    Optional<EventQuery> leadsTo) {

  /// How a number is to be taken.
  public enum Tone {
    CALM,
    WARNING,
    BAD
  }

  /// For a reader that does not see it.
  public String spoken() {
    return title + ": " + value + (unit.isEmpty() ? "" : " " + unit);
  }
}
