package dev.sluice.domain.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A filter, ready to decide.
///
/// The cost of a decision is bounded by the size of the event times [#MAX_EXPANDED_CONDITIONS], and
/// its stack by the depth of both: no filter and no event makes it grow faster.
public final class Filter {

  /// Deeper patterns are rejected: levels of objects and lists.
  public static final int MAX_DEPTH = 16;

  /// Patterns with more conditions are rejected. A list of values counts as one.
  public static final int MAX_CONDITIONS = 64;

  /// Patterns with more conditions after each `$or` is multiplied out are rejected.
  public static final int MAX_EXPANDED_CONDITIONS = 500;

  private final Clause clause;
  private final List<Combination> combinations;

  private Filter(Clause clause) {
    this.clause = clause;
    this.combinations = Combination.of(clause);
  }

  /// Returns the filter that a clause describes.
  ///
  /// @throws IllegalArgumentException when it has too many conditions or two of them contradict
  ///   each other; [#isTooLarge] and [#contradiction] check beforehand
  public static Filter of(Clause clause) {
    if (isTooLarge(clause)) {
      throw new IllegalArgumentException("the filter has too many conditions");
    }
    contradiction(clause)
        .ifPresent(
            field -> {
              throw new IllegalArgumentException(
                  "the filter has a second condition on " + field.path());
            });
    return new Filter(clause);
  }

  /// Returns whether a clause has more than [#MAX_EXPANDED_CONDITIONS] after each `$or` in it is
  /// multiplied out.
  public static boolean isTooLarge(Clause clause) {
    return ClauseSize.of(clause).conditions() > MAX_EXPANDED_CONDITIONS;
  }

  /// Returns a field that is named a second time, or inside of another one, where both would have
  /// to hold.
  public static Optional<Clause.Field> contradiction(Clause clause) {
    return switch (clause) {
      case Clause.Field _ -> Optional.empty();
      case Clause.AnyOf(List<Clause> clauses) ->
          clauses.stream().flatMap(one -> contradiction(one).stream()).findFirst();
      case Clause.AllOf(List<Clause> clauses) -> contradiction(clauses);
    };
  }

  private static Optional<Clause.Field> contradiction(List<Clause> clauses) {
    var before = new ArrayList<Clause.Field>();
    for (Clause clause : clauses) {
      List<Clause.Field> fields = clause.fields().toList();
      Optional<Clause.Field> found =
          Stream.concat(
                  fields.stream().filter(field -> before.stream().anyMatch(field::excludes)),
                  contradiction(clause).stream())
              .findFirst();
      if (found.isPresent()) {
        return found;
      }
      before.addAll(fields);
    }
    return Optional.empty();
  }

  /// Returns whether an event matches.
  public boolean matches(EventFields event) {
    for (Combination combination : combinations) {
      if (combination.matches(event)) {
        return true;
      }
    }
    return false;
  }

  /// Returns why an event does not match; empty when it does.
  public Optional<Mismatch> mismatch(EventFields event) {
    return matches(event)
        ? Optional.empty()
        : Optional.of(
            new Explanation(event)
                .mismatch(clause)
                .orElseGet(
                    () ->
                        new Mismatch.DifferentElements(
                            clause.fields().map(Clause.Field::path).distinct().toList())));
  }

  /// Returns the paths of all fields that it names.
  public List<List<String>> paths() {
    return clause.fields().map(Clause.Field::path).distinct().toList();
  }

  /// Returns for each combination the conditions that an index can use. An event can only match if
  /// it meets all of them in one combination.
  public List<List<RequiredValue>> required() {
    return combinations.stream().map(Combination::required).toList();
  }
}
