package dev.sluice.domain.filter;

import java.util.List;
import java.util.Optional;

/// Decides each field of a filter on its own, to explain why an event does not match.
///
/// @param event the event
record Explanation(EventFields event) {

  /// Returns the first part of a clause that does not hold, if there is one. Parts may hold one by
  /// one but not together.
  Optional<Mismatch> mismatch(Clause clause) {
    return switch (clause) {
      case Clause.Field field -> holds(field) ? Optional.empty() : Optional.of(failed(field));
      case Clause.AllOf(List<Clause> clauses) ->
          clauses.stream().flatMap(one -> mismatch(one).stream()).findFirst();
      case Clause.AnyOf(List<Clause> clauses) -> {
        List<Optional<Mismatch>> mismatches = clauses.stream().map(this::mismatch).toList();
        yield mismatches.stream().allMatch(Optional::isPresent)
            ? Optional.of(
                new Mismatch.NoAlternative(mismatches.stream().flatMap(Optional::stream).toList()))
            : Optional.empty();
      }
    };
  }

  private boolean holds(Clause.Field field) {
    return new Combination(List.of(field), PathNode.of(List.of(field))).matches(event);
  }

  private Mismatch failed(Clause.Field field) {
    var anyValue =
        new Clause.Field(field.path(), List.of(Existence.PRESENT), field.pointer(), field.text());
    return new Mismatch.FailedField(field.path(), field.pointer(), field.text(), !holds(anyValue));
  }
}
