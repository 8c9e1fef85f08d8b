package dev.sluice.format;

import dev.sluice.domain.filter.Condition;
import dev.sluice.domain.filter.Filter;
import dev.sluice.domain.filter.JsonValue.Literal;
import dev.sluice.domain.filter.JsonValue.Scalar;
import dev.sluice.domain.filter.JsonValue.Text;
import dev.sluice.domain.filter.Numeric;
import dev.sluice.format.JsonCursor.Kind;
import dev.sluice.format.PatternReader.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Reads the array of conditions on one field of a pattern. Used by one thread for one pattern.
final class ConditionReader {

  private static final String OPERATORS =
      "prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric, exists and cidr";

  private final JsonCursor json;
  private final PatternProblems problems;
  private final NumericReader numbers;
  private int count;

  ConditionReader(JsonCursor json, PatternProblems problems) {
    this.json = json;
    this.problems = problems;
    this.numbers = new NumericReader(json, problems);
  }

  /// Returns how many conditions were read. A list of values counts as one, because a look-up
  /// decides it.
  int count() {
    return count;
  }

  /// Reads the next value, an array.
  List<Condition> list(Place place) {
    var conditions = new ArrayList<Condition>();
    var values = new HashSet<Scalar>();
    int index = 0;
    if (place.depth() > Filter.MAX_DEPTH) {
      refuse(place, "must be at most " + Filter.MAX_DEPTH + " levels deep");
      return List.of();
    }
    json.beginArray();
    while (json.nextElement()) {
      Place element = place.at(Integer.toString(index++));
      if (json.kind() == Kind.OBJECT) {
        operator(element).ifPresent(conditions::add);
      } else {
        value(element).ifPresent(one -> addValue(one, values, conditions));
      }
    }
    if (index == 0) {
      problems.add(place.pointer(), "must not be empty: name a value or a condition");
    }
    if (!values.isEmpty()) {
      conditions.addFirst(Condition.oneOf(values));
    }
    count += conditions.size();
    return conditions;
  }

  /// An address of version 6 stands for all of its spellings.
  private static void addValue(Scalar value, Set<Scalar> values, List<Condition> conditions) {
    Optional<Condition> address =
        value instanceof Text(String text) ? Condition.sameAddress(text) : Optional.empty();
    address.ifPresentOrElse(conditions::add, () -> values.add(value));
  }

  private Optional<Scalar> value(Place place) {
    return switch (json.kind()) {
      case STRING -> Optional.of(new Text(json.string()));
      case NUMBER -> Optional.of(Numeric.of(json.raw()));
      case TRUE -> literal(Literal.TRUE);
      case FALSE -> literal(Literal.FALSE);
      case NULL -> literal(Literal.NULL);
      case OBJECT, ARRAY ->
          refuse(place, "must be a string, a number, true, false, null or an object");
    };
  }

  private Optional<Scalar> literal(Literal literal) {
    json.skip();
    return Optional.of(literal);
  }

  private <T> Optional<T> refuse(Place place, String detail) {
    json.skip();
    problems.add(place.pointer(), detail);
    return Optional.empty();
  }

  private Optional<Condition> operator(Place place) {
    json.beginObject();
    String name = json.nextName();
    if (name == null) {
      problems.add(place.pointer(), "must not be empty: use one of " + OPERATORS);
      return Optional.empty();
    }
    Optional<Condition> condition = operator(place.at(name), name);
    for (String other = json.nextName(); other != null; other = json.nextName()) {
      refuse(place.at(other), "is a second operator: give each an object of its own in the array");
    }
    return condition;
  }

  private Optional<Condition> operator(Place place, String name) {
    return switch (name) {
      case "prefix" -> edge(place, Condition::prefix, Condition::prefixIgnoringCase);
      case "suffix" -> edge(place, Condition::suffix, Condition::suffixIgnoringCase);
      case "equals-ignore-case" -> text(place, Condition::equalsIgnoringCase);
      case "wildcard" -> text(place, Condition::wildcard);
      case "cidr" -> text(place, Condition::inNetwork);
      case "exists" -> exists(place);
      case "numeric" -> numbers.read(place);
      case "anything-but" -> anythingBut(place);
      default -> refuse(place, "is no operator: use one of " + OPERATORS);
    };
  }

  /// Reads a text, or an object that says that upper and lower case are the same.
  private Optional<Condition> edge(
      Place place, Function<String, Condition> plain, Function<String, Condition> ignoringCase) {
    return json.kind() == Kind.OBJECT
        ? inner(place, Set.of("equals-ignore-case"), (at, _) -> text(at, ignoringCase))
        : text(place, plain);
  }

  private Optional<Condition> text(Place place, Function<String, Condition> condition) {
    if (json.kind() != Kind.STRING) {
      return refuse(place, "must be a string");
    }
    String text = json.string();
    if (text.isEmpty()) {
      problems.add(place.pointer(), "must not be empty");
      return Optional.empty();
    }
    try {
      return Optional.of(condition.apply(text));
    } catch (IllegalArgumentException e) {
      problems.add(place.pointer(), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<Condition> exists(Place place) {
    Kind kind = json.kind();
    if (kind != Kind.TRUE && kind != Kind.FALSE) {
      return refuse(place, "must be true or false");
    }
    json.skip();
    return Optional.of(Condition.exists(kind == Kind.TRUE));
  }

  private Optional<Condition> anythingBut(Place place) {
    return switch (json.kind()) {
      case OBJECT ->
          inner(
              place,
              Set.of("prefix", "suffix", "equals-ignore-case", "wildcard"),
              this::anythingButTexts);
      case ARRAY -> anythingButValues(place);
      case STRING, NUMBER ->
          value(place).map(one -> Condition.anythingBut(List.of(Condition.oneOf(Set.of(one)))));
      case TRUE, FALSE, NULL ->
          refuse(place, "must be a string, a number, an array of either, or an object");
    };
  }

  private Optional<Condition> anythingButValues(Place place) {
    var values = new HashSet<Scalar>();
    int before = problems.count();
    elements(
        place,
        at -> {
          if (json.kind() == Kind.STRING || json.kind() == Kind.NUMBER) {
            value(at).ifPresent(values::add);
          } else {
            refuse(at, "must be a string or a number");
          }
        });
    if (values.stream().map(Object::getClass).distinct().count() > 1) {
      problems.add(place.pointer(), "must have either strings or numbers, not both");
    }
    return values.isEmpty() || problems.count() > before
        ? Optional.empty()
        : Optional.of(Condition.anythingBut(List.of(Condition.oneOf(values))));
  }

  private Optional<Condition> anythingButTexts(Place place, String operator) {
    Function<String, Condition> condition =
        switch (operator) {
          case "prefix" -> Condition::prefix;
          case "suffix" -> Condition::suffix;
          case "wildcard" -> Condition::wildcard;
          default -> Condition::equalsIgnoringCase;
        };
    var excluded = new ArrayList<Condition>();
    if (json.kind() == Kind.ARRAY) {
      elements(place, at -> text(at, condition).ifPresent(excluded::add));
    } else {
      text(place, condition).ifPresent(excluded::add);
    }
    count += Math.max(0, excluded.size() - 1);
    return excluded.isEmpty() ? Optional.empty() : Optional.of(Condition.anythingBut(excluded));
  }

  private interface ElementReader {
    void read(Place place);
  }

  private void elements(Place place, ElementReader reader) {
    int index = 0;
    json.beginArray();
    while (json.nextElement()) {
      reader.read(place.at(Integer.toString(index++)));
    }
    if (index == 0) {
      problems.add(place.pointer(), "must not be empty");
    }
  }

  private interface OperatorReader {
    Optional<Condition> read(Place place, String name);
  }

  /// Reads the next value, an object with one of these operators.
  private Optional<Condition> inner(Place place, Set<String> allowed, OperatorReader reader) {
    String rule = "must have one member: " + String.join(", ", allowed.stream().sorted().toList());
    Optional<Condition> condition = Optional.empty();
    int members = 0;
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (members++ == 0 && allowed.contains(name)) {
        condition = reader.read(place.at(name), name);
      } else {
        refuse(place.at(name), rule);
      }
    }
    if (members == 0) {
      problems.add(place.pointer(), rule);
    }
    return condition;
  }
}
