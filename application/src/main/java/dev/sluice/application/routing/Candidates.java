package dev.sluice.application.routing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// The routes that an event may match, each once, however often the event has a value that leads to
/// it. Used by one thread for one event.
final class Candidates {

  private static final int FEW = 4;

  private final List<Route> routes = new ArrayList<>();
  private final BitSet seen = new BitSet();

  /// What was added: a list with a million equal values leads to the same routes a million times.
  private final Set<List<Route>> lists = Collections.newSetFromMap(new IdentityHashMap<>(FEW));

  /// Adds what an index has for a value.
  ///
  /// @param list always the same object for the same value
  void addAll(List<Route> list) {
    if (list.isEmpty() || !lists.add(list)) {
      return;
    }
    for (Route route : list) {
      if (!seen.get(route.order())) {
        seen.set(route.order());
        routes.add(route);
      }
    }
  }

  List<Route> routes() {
    return routes;
  }
}
