package dev.sluice.domain.figures;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Totals by name: of event types or of subscriptions.
///
/// @param totals by name
public record Breakdown(SortedMap<String, Totals> totals) {

  /// Stands for all names that are not listed.
  public static final String OTHER = "other";

  /// Nothing happened.
  public static final Breakdown NONE = new Breakdown(new TreeMap<>());

  public Breakdown {
    totals = Collections.unmodifiableSortedMap(new TreeMap<>(totals));
  }

  /// Returns the sum of both.
  public Breakdown plus(Breakdown other) {
    var sum = new TreeMap<>(totals);
    other.totals.forEach((name, more) -> sum.merge(name, more, Totals::plus));
    return new Breakdown(sum);
  }

  /// Returns what happened since `earlier`, without names for which nothing happened.
  public Breakdown since(Breakdown earlier) {
    var rest = new TreeMap<String, Totals>();
    totals.forEach(
        (name, now) -> {
          Totals happened = now.since(earlier.totals.getOrDefault(name, Totals.NONE));
          if (happened.volume() > 0) {
            rest.put(name, happened);
          }
        });
    return new Breakdown(rest);
  }

  /// Returns the busiest names; all others together are [#OTHER].
  ///
  /// @param most maximum number of names to keep, besides [#OTHER]
  public Breakdown busiest(int most) {
    if (totals.size() <= most) {
      return this;
    }
    List<Map.Entry<String, Totals>> byVolume =
        totals.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(OTHER))
            .sorted(Comparator.comparingLong(entry -> -entry.getValue().volume()))
            .toList();
    var kept = new TreeMap<String, Totals>();
    Totals rest = totals.getOrDefault(OTHER, Totals.NONE);
    for (Map.Entry<String, Totals> entry : byVolume) {
      if (kept.size() < most) {
        kept.put(entry.getKey(), entry.getValue());
      } else {
        rest = rest.plus(entry.getValue());
      }
    }
    if (rest.volume() > 0) {
      kept.put(OTHER, rest);
    }
    return new Breakdown(kept);
  }
}
