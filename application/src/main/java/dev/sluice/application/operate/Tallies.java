package dev.sluice.application.operate;

import dev.sluice.domain.figures.Breakdown;
import dev.sluice.domain.figures.NodeFigures;
import dev.sluice.domain.figures.Totals;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// One tally per name, up to a limit; further names share one.
final class Tallies {

  private final Map<String, Tally> byName = new ConcurrentHashMap<>();

  Tally of(String wanted) {
    Tally known = byName.get(wanted);
    if (known != null) {
      return known;
    }
    // Two threads may pass the check at once; a few names beyond the limit do no harm.
    String name = byName.size() < NodeFigures.MAX_NAMES ? wanted : Breakdown.OTHER;
    return byName.computeIfAbsent(name, _ -> new Tally());
  }

  Breakdown totals() {
    var totals = new TreeMap<String, Totals>();
    byName.forEach((name, tally) -> totals.put(name, tally.totals()));
    return new Breakdown(totals);
  }
}
