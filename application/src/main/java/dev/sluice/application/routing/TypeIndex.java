package dev.sluice.application.routing;

import dev.sluice.domain.filter.EventFields;
import dev.sluice.domain.subscription.TypePattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Routes by type: exact types in one map, and patterns by what they begin with in another.
/// Immutable.
final class TypeIndex {

  private final Map<String, RouteGroup> exact = new HashMap<>();
  private final Map<String, RouteGroup> byPrefix = new HashMap<>();

  /// The lengths of the prefixes, ascending: few, whatever the number of patterns.
  private final int[] prefixLengths;

  TypeIndex(List<Route> routes) {
    Map<String, List<Route>> types = new HashMap<>();
    Map<String, List<Route>> prefixes = new HashMap<>();
    for (Route route : routes) {
      for (TypePattern pattern : route.subscription().definition().types()) {
        int star = pattern.glob().indexOf('*');
        if (star < 0) {
          types.computeIfAbsent(pattern.glob(), _ -> new ArrayList<>()).add(route);
        } else {
          String prefix = pattern.glob().substring(0, star);
          prefixes.computeIfAbsent(prefix, _ -> new ArrayList<>()).add(route);
        }
      }
    }
    types.forEach((type, same) -> exact.put(type, RouteGroup.of(same)));
    prefixes.forEach((prefix, same) -> byPrefix.put(prefix, RouteGroup.of(same)));
    var lengths = new TreeSet<Integer>();
    prefixes.keySet().forEach(prefix -> lengths.add(prefix.length()));
    this.prefixLengths = lengths.stream().mapToInt(Integer::intValue).toArray();
  }

  /// Collects each route that the event may match.
  void collect(String type, EventFields event, Candidates found) {
    RouteGroup same = exact.get(type);
    if (same != null) {
      same.collect(event, found);
    }
    for (int length : prefixLengths) {
      if (length > type.length()) {
        return;
      }
      RouteGroup begun = byPrefix.get(type.substring(0, length));
      if (begun != null) {
        begun.collect(event, found);
      }
    }
  }
}
