package dev.sluice.application.routing;

import dev.sluice.domain.filter.EventFields;
import dev.sluice.domain.filter.Filter;
import dev.sluice.domain.filter.JsonValue.Scalar;
import dev.sluice.domain.filter.RequiredValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Routes with the same type, or the same beginning of a type, indexed by the rarest value that
/// each requires of another field. Immutable.
final class RouteGroup {

  /// Fewer routes are asked one by one.
  private static final int FEW = 4;

  /// Reading a payload costs as much as asking this number of routes.
  private static final int COST_OF_PAYLOAD = 16;

  private final List<Route> always = new ArrayList<>();
  private final FieldIndex index = new FieldIndex();

  private RouteGroup() {}

  static RouteGroup of(List<Route> routes) {
    var group = new RouteGroup();
    if (routes.size() <= FEW) {
      group.always.addAll(routes);
    } else {
      var uses = new Uses(routes);
      routes.forEach(route -> group.add(route, uses));
    }
    return group;
  }

  /// Collects each route that the event may match.
  void collect(EventFields event, Candidates found) {
    found.addAll(always);
    index.members().forEach((name, field) -> field.collect(event.field(name), found));
  }

  private void add(Route route, Uses uses) {
    Filter filter = route.filter();
    List<Optional<RequiredValue>> rarest =
        filter == null
            ? List.of(Optional.empty())
            : filter.required().stream().map(uses::rarest).toList();
    if (rarest.stream().allMatch(Optional::isPresent)) {
      rarest.stream()
          .flatMap(Optional::stream)
          .forEach(required -> index.add(required.path(), required.values(), route));
    } else {
      always.add(route);
    }
  }

  /// How many routes require each value of each field.
  private static final class Uses {

    private final Map<List<String>, Map<Scalar, Integer>> counts = new HashMap<>();

    Uses(List<Route> routes) {
      for (Route route : routes) {
        Filter filter = route.filter();
        if (filter != null) {
          filter.required().forEach(combination -> combination.forEach(this::count));
        }
      }
    }

    private void count(RequiredValue required) {
      Map<Scalar, Integer> ofField = counts.computeIfAbsent(required.path(), _ -> new HashMap<>());
      required.values().forEach(value -> ofField.merge(value, 1, Integer::sum));
    }

    Optional<RequiredValue> rarest(List<RequiredValue> combination) {
      return combination.stream().min(Comparator.comparingInt(this::cost));
    }

    private int cost(RequiredValue required) {
      Map<Scalar, Integer> ofField = counts.getOrDefault(required.path(), Map.of());
      int cost = required.path().getFirst().equals(EventFields.PAYLOAD) ? COST_OF_PAYLOAD : 0;
      for (Scalar value : required.values()) {
        cost += ofField.getOrDefault(value, 0);
      }
      return cost;
    }
  }
}
