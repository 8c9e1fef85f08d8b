package dev.sluice.application.routing;

import dev.sluice.domain.filter.JsonValue;
import dev.sluice.domain.filter.JsonValue.Elements;
import dev.sluice.domain.filter.JsonValue.Members;
import dev.sluice.domain.filter.JsonValue.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Routes by the values that a field of an event must have, as a tree of the names of fields.
/// Immutable once it is built.
final class FieldIndex {

  private final Map<Scalar, List<Route>> byValue = new HashMap<>();
  private final Map<String, FieldIndex> members = new HashMap<>();

  /// Adds a route. Only called while the index is built.
  void add(List<String> path, Iterable<Scalar> values, Route route) {
    FieldIndex at = this;
    for (String name : path) {
      at = at.members.computeIfAbsent(name, _ -> new FieldIndex());
    }
    for (Scalar value : values) {
      at.byValue.computeIfAbsent(value, _ -> new ArrayList<>()).add(route);
    }
  }

  /// The names below.
  Map<String, FieldIndex> members() {
    return members;
  }

  /// Collects the routes that a value of an event may match.
  void collect(JsonValue value, Candidates found) {
    switch (value) {
      case Scalar scalar -> found.addAll(byValue.getOrDefault(scalar, List.of()));
      case Members(Map<String, JsonValue> values) ->
          values.forEach(
              (name, member) -> {
                FieldIndex below = members.get(name);
                if (below != null) {
                  below.collect(member, found);
                }
              });
      case Elements(List<JsonValue> elements) ->
          elements.forEach(element -> collect(element, found));
    }
  }
}
