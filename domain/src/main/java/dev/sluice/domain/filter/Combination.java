package dev.sluice.domain.filter;

import java.util.ArrayList;
import java.util.List;

/// One choice from each `$or` of a filter: fields that must all hold.
///
/// @param fields the fields
/// @param root the same as a tree
record Combination(List<Clause.Field> fields, PathNode root) {

  /// Returns every combination of a clause.
  static List<Combination> of(Clause clause) {
    return expand(clause).stream()
        .map(fields -> new Combination(fields, PathNode.of(fields)))
        .toList();
  }

  private static List<List<Clause.Field>> expand(Clause clause) {
    return switch (clause) {
      case Clause.Field field -> List.of(List.of(field));
      case Clause.AnyOf(List<Clause> clauses) ->
          clauses.stream().flatMap(one -> expand(one).stream()).toList();
      case Clause.AllOf(List<Clause> clauses) -> {
        List<List<Clause.Field>> combined = List.of(List.of());
        for (Clause one : clauses) {
          combined = product(combined, expand(one));
        }
        yield combined;
      }
    };
  }

  private static List<List<Clause.Field>> product(
      List<List<Clause.Field>> left, List<List<Clause.Field>> right) {
    var product = new ArrayList<List<Clause.Field>>();
    for (List<Clause.Field> one : left) {
      for (List<Clause.Field> other : right) {
        var both = new ArrayList<Clause.Field>(one);
        both.addAll(other);
        product.add(List.copyOf(both));
      }
    }
    return product;
  }

  boolean matches(EventFields event) {
    for (PathNode child : root.children()) {
      if (!ArrayMatching.holds(event.field(child.name()), child, null)) {
        return false;
      }
    }
    return true;
  }

  /// Returns the conditions that an index can use: on fields that must have one of some values.
  List<RequiredValue> required() {
    return fields.stream()
        .filter(field -> field.conditions().size() == 1)
        .filter(field -> field.conditions().getFirst() instanceof OneOf)
        .map(
            field ->
                new RequiredValue(field.path(), ((OneOf) field.conditions().getFirst()).values()))
        .toList();
  }
}
