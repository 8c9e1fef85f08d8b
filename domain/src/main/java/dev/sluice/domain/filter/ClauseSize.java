package dev.sluice.domain.filter;

import java.util.List;

/// How large a clause becomes when each `$or` in it is multiplied out.
///
/// @param combinations how many ways there are to choose from each `$or`
/// @param conditions how many conditions all of them have together. Numbers too large for this type
///   become its largest
record ClauseSize(double combinations, double conditions) {

  static ClauseSize of(Clause clause) {
    return switch (clause) {
      case Clause.Field(var _, var conditions, var _, var _) ->
          new ClauseSize(1, conditions.size());
      case Clause.AnyOf(List<Clause> clauses) -> {
        var sum = new ClauseSize(0, 0);
        for (Clause one : clauses) {
          sum = sum.plus(of(one));
        }
        yield sum;
      }
      case Clause.AllOf(List<Clause> clauses) -> {
        var product = new ClauseSize(1, 0);
        for (Clause one : clauses) {
          product = product.times(of(one));
        }
        yield product;
      }
    };
  }

  private ClauseSize plus(ClauseSize other) {
    return new ClauseSize(combinations + other.combinations, conditions + other.conditions);
  }

  private ClauseSize times(ClauseSize other) {
    return new ClauseSize(
        combinations * other.combinations,
        conditions * other.combinations + other.conditions * combinations);
  }
}
