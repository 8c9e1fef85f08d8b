package dev.sluice.domain.filter;

import java.util.List;
import java.util.stream.Stream;

/// A filter as its author wrote it.
public sealed interface Clause {

  /// All of the clauses hold, in the same elements of the lists of an event.
  record AllOf(List<Clause> clauses) implements Clause {
    public AllOf {
      clauses = List.copyOf(clauses);
    }
  }

  /// One of the clauses holds.
  record AnyOf(List<Clause> clauses) implements Clause {
    public AnyOf {
      clauses = List.copyOf(clauses);
    }
  }

  /// A field meets one of the conditions.
  ///
  /// @param path the names of members that lead to the field, from the event; at least one
  /// @param conditions one must be met; at least one
  /// @param pointer the place of the conditions in the pattern, as a JSON Pointer
  /// @param text the conditions as they are written in the pattern
  record Field(List<String> path, List<Condition> conditions, String pointer, String text)
      implements Clause {

    /// @throws IllegalArgumentException when path or conditions are empty
    public Field {
      path = List.copyOf(path);
      conditions = List.copyOf(conditions);
      if (path.isEmpty() || conditions.isEmpty()) {
        throw new IllegalArgumentException("a field needs a path and a condition");
      }
    }

    boolean matches(JsonValue.Scalar value) {
      for (Condition condition : conditions) {
        if (condition.matches(value)) {
          return true;
        }
      }
      return false;
    }

    boolean allowsAbsence() {
      return conditions.contains(Existence.ABSENT);
    }

    /// Returns whether no event can meet the conditions of both fields in one combination: they are
    /// the same field, or the value of one would have to contain the other.
    boolean excludes(Field other) {
      int common = Math.min(path.size(), other.path.size());
      return path.subList(0, common).equals(other.path.subList(0, common));
    }
  }

  /// Returns the fields of this clause and of those in it, in the order in which they are written.
  default Stream<Field> fields() {
    return switch (this) {
      case AllOf(var clauses) -> clauses.stream().flatMap(Clause::fields);
      case AnyOf(var clauses) -> clauses.stream().flatMap(Clause::fields);
      case Field field -> Stream.of(field);
    };
  }
}
