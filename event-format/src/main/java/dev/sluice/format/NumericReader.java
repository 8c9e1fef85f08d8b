package dev.sluice.format;

import dev.sluice.domain.filter.Condition;
import dev.sluice.domain.filter.Numeric;
import dev.sluice.format.JsonCursor.Kind;
import dev.sluice.format.PatternReader.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads a `numeric` condition: `["=", 5]`, or one or two ends of a range such as `[">", 0, "<=",
/// 5]`. Used by one thread for one pattern.
final class NumericReader {

  private static final String FORM =
      "must be [\"=\", 5], one end of a range such as [\">\", 0], or both ends, the lower one"
          + " first, such as [\">=\", 0, \"<\", 5]";

  private static final Set<String> LOW = Set.of(">", ">=");
  private static final Set<String> HIGH = Set.of("<", "<=");

  private final JsonCursor json;
  private final PatternProblems problems;

  NumericReader(JsonCursor json, PatternProblems problems) {
    this.json = json;
    this.problems = problems;
  }

  Optional<Condition> read(Place place) {
    var operators = new ArrayList<String>();
    var numbers = new ArrayList<Numeric>();
    if (!readParts(operators, numbers)) {
      return refuse(place, FORM);
    }
    if (!numbers.stream().allMatch(Numeric::isExact)) {
      return refuse(place, "must have numbers of at most 15 digits: longer ones are not exact");
    }
    if (operators.equals(List.of("="))) {
      return Optional.of(Condition.oneOf(Set.of(numbers.getFirst())));
    }
    return isRange(operators) ? range(place, operators, numbers) : refuse(place, FORM);
  }

  private Optional<Condition> refuse(Place place, String detail) {
    problems.add(place.pointer(), detail);
    return Optional.empty();
  }

  /// Reads operators and numbers in turn.
  ///
  /// @return whether there was nothing else
  private boolean readParts(List<String> operators, List<Numeric> numbers) {
    if (json.kind() != Kind.ARRAY) {
      json.skip();
      return false;
    }
    boolean isUnderstood = true;
    json.beginArray();
    while (json.nextElement()) {
      boolean isOperatorNext = operators.size() == numbers.size();
      if (isOperatorNext && json.kind() == Kind.STRING) {
        operators.add(json.string());
      } else if (!isOperatorNext && json.kind() == Kind.NUMBER) {
        numbers.add(Numeric.of(json.raw()));
      } else {
        json.skip();
        isUnderstood = false;
      }
    }
    return isUnderstood && !numbers.isEmpty() && operators.size() == numbers.size();
  }

  private static boolean isRange(List<String> operators) {
    return switch (operators.size()) {
      case 1 -> LOW.contains(operators.getFirst()) || HIGH.contains(operators.getFirst());
      case 2 -> LOW.contains(operators.getFirst()) && HIGH.contains(operators.getLast());
      default -> false;
    };
  }

  private Optional<Condition> range(Place place, List<String> operators, List<Numeric> numbers) {
    boolean hasLow = LOW.contains(operators.getFirst());
    boolean hasHigh = HIGH.contains(operators.getLast());
    double low = hasLow ? numbers.getFirst().value() : -Double.MAX_VALUE;
    double high = hasHigh ? numbers.getLast().value() : Double.MAX_VALUE;
    if (hasLow && hasHigh && low >= high) {
      return refuse(place, "must have the lower number first, and two different numbers");
    }
    return Optional.of(
        Condition.between(
            low, operators.getFirst().equals(">"), high, operators.getLast().equals("<")));
  }
}
