package dev.sluice.application.operate;

import dev.sluice.domain.figures.Breakdown;
import dev.sluice.domain.figures.NodeFigures;
import dev.sluice.domain.figures.Totals;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Counters per name, up to a limit; further names share one.
final class CountersByName {

  private final Map<String, EventCounters> byName = new ConcurrentHashMap<>();

  EventCounters of(String wanted) {
    EventCounters known = byName.get(wanted);
    if (known != null) {
      return known;
    }
    // Two threads may pass the check at once; a few names beyond the limit do no harm.
    String name = byName.size() < NodeFigures.MAX_NAMES ? wanted : Breakdown.OTHER;
    return byName.computeIfAbsent(name, _ -> new EventCounters());
  }

  Breakdown totals() {
    var totals = new TreeMap<String, Totals>();
    byName.forEach((name, counters) -> totals.put(name, counters.totals()));
    return new Breakdown(totals);
  }
}
