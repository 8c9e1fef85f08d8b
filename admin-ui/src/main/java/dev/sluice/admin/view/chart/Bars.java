package dev.sluice.admin.view.chart;

import java.time.Instant;
import java.util.List;

/// What stacked bars show: counts in equal steps of time.
///
/// @param from start of the first step
/// @param until end of the last step
/// @param parts for each part of the bars its count in each step
public record Bars(Instant from, Instant until, List<List<Integer>> parts) {

  static final Bars NONE = new Bars(Instant.EPOCH, Instant.EPOCH, List.of());

  public Bars {
    parts = parts.stream().map(List::copyOf).toList();
  }

  /// Returns the number of steps.
  int length() {
    return parts.isEmpty() ? 0 : parts.getFirst().size();
  }

  int count(int part, int place) {
    return parts.get(part).get(place);
  }

  /// Returns the height of a bar.
  int sum(int place) {
    return parts.stream().mapToInt(part -> part.get(place)).sum();
  }
}
