package dev.sluice.format;

import dev.sluice.domain.filter.Clause;
import dev.sluice.domain.filter.Condition;
import dev.sluice.domain.filter.EventFields;
import dev.sluice.domain.filter.Filter;
import dev.sluice.domain.subscription.EventPattern;
import dev.sluice.format.JsonCursor.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads a filter in the language of EventBridge patterns. What it does not understand is a
/// problem, with a pointer to its place. Used by one thread for one pattern.
public final class PatternReader {

  private static final String OR = "$or";

  private static final String HOW_TO_START =
      "use type, source, subject, key or payload: everything else is inside of the payload";

  /// Operators that nobody would use as names of members: someone has left out the list around.
  private static final Set<String> MISPLACED =
      Set.of("anything-but", "equals-ignore-case", "numeric");

  private final byte[] text;
  private final JsonCursor json;
  private final PatternProblems problems = new PatternProblems();
  private final ConditionReader conditions;

  private PatternReader(byte[] text) {
    this.text = text;
    this.json = JsonCursor.document(text);
    this.conditions = new ConditionReader(json, problems);
  }

  /// Reads a pattern.
  ///
  /// @param pattern JSON text of any length
  public static ReadFilter read(String pattern) {
    if (pattern.length() > EventPattern.MAX_LENGTH) {
      return invalid(
          new FieldProblem(
              "", "must have at most " + EventPattern.MAX_LENGTH + " characters: shorten it"));
    }
    try {
      return new PatternReader(pattern.getBytes(StandardCharsets.UTF_8)).read();
    } catch (MalformedJsonException e) {
      return invalid(new FieldProblem("", "must be JSON: " + e.getMessage()));
    }
  }

  private static ReadFilter invalid(FieldProblem problem) {
    return new ReadFilter.Invalid(List.of(problem));
  }

  private ReadFilter read() {
    Optional<Clause> clause = object(Place.ROOT);
    json.requireEnd();
    if (clause.isPresent() && problems.count() == 0) {
      checkWhole(clause.get());
    }
    return clause.isPresent() && problems.count() == 0
        ? new ReadFilter.Valid(Filter.of(clause.get()))
        : new ReadFilter.Invalid(problems.all());
  }

  private void checkWhole(Clause clause) {
    if (conditions.count() > Filter.MAX_CONDITIONS) {
      problems.add("", "must have at most " + Filter.MAX_CONDITIONS + " conditions: remove some");
    } else if (Filter.isTooLarge(clause)) {
      problems.add(
          "",
          "must have at most "
              + Filter.MAX_EXPANDED_CONDITIONS
              + " conditions when each $or is multiplied out: use fewer $or side by side");
    }
    Filter.contradiction(clause)
        .ifPresent(
            field ->
                problems.add(
                    field.pointer(),
                    "is a second condition on "
                        + String.join(".", field.path())
                        + " or a part of it: write all conditions on a field in one array"));
  }

  private Optional<Clause> object(Place place) {
    if (json.kind() != Kind.OBJECT) {
      return refuse(place, "must be an object: the names of members, with arrays of conditions");
    }
    if (place.depth() > Filter.MAX_DEPTH) {
      return refuse(place, "must be at most " + Filter.MAX_DEPTH + " levels deep");
    }
    var clauses = new ArrayList<Clause>();
    var names = new HashSet<String>();
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      if (names.add(name)) {
        member(place, name).ifPresent(clauses::add);
      } else {
        refuse(place.at(name), "is given twice: write all conditions on it in one array");
      }
    }
    if (names.isEmpty()) {
      problems.add(place.pointer(), "must not be empty: name a member");
    }
    return clauses.isEmpty() ? Optional.empty() : Optional.of(allOf(clauses));
  }

  private static Clause allOf(List<Clause> clauses) {
    return clauses.size() == 1 ? clauses.getFirst() : new Clause.AllOf(clauses);
  }

  private Optional<Clause> refuse(Place place, String detail) {
    json.skip();
    problems.add(place.pointer(), detail);
    return Optional.empty();
  }

  private Optional<Clause> member(Place object, String name) {
    if (name.equals(OR)) {
      return anyOf(object.at(name));
    }
    Place place = object.below(name);
    if (place.path().size() == 1 && !EventFields.NAMES.contains(name)) {
      return refuse(place, "is no field of an event: " + HOW_TO_START);
    }
    if (MISPLACED.contains(name)) {
      return refuse(place, "must stand in an array, as in [{\"" + name + "\": …}]");
    }
    boolean isText = place.path().size() == 1 && !name.equals(EventFields.PAYLOAD);
    return switch (json.kind()) {
      case ARRAY -> field(place);
      case OBJECT ->
          isText ? refuse(place, "must be an array of conditions, such as [\"a\"]") : object(place);
      case STRING, NUMBER, TRUE, FALSE, NULL ->
          refuse(place, "must be an array of conditions, such as [\"a\"], or an object");
    };
  }

  private Optional<Clause> field(Place place) {
    int start = json.position();
    List<Condition> read = conditions.list(place);
    if (read.isEmpty()) {
      return Optional.empty();
    }
    String written = new String(text, start, json.position() - start, StandardCharsets.UTF_8);
    return Optional.of(new Clause.Field(place.path(), read, place.pointer(), written));
  }

  private Optional<Clause> anyOf(Place place) {
    if (json.kind() != Kind.ARRAY) {
      return refuse(place, "must be an array of objects");
    }
    var clauses = new ArrayList<Clause>();
    int count = 0;
    json.beginArray();
    while (json.nextElement()) {
      object(place.at(Integer.toString(count++))).ifPresent(clauses::add);
    }
    if (count < 2) {
      problems.add(place.pointer(), "must have at least two objects");
    }
    return clauses.isEmpty() ? Optional.empty() : Optional.of(new Clause.AnyOf(clauses));
  }

  /// A place in a pattern.
  ///
  /// @param pointer a JSON Pointer to it
  /// @param path the names of members of an event that it is about
  /// @param depth how many objects and lists it is in
  record Place(String pointer, List<String> path, int depth) {

    static final Place ROOT = new Place("", List.of(), 1);

    /// Returns a place inside that is about the same part of an event.
    Place at(String step) {
      return new Place(pointer + JsonEvents.pointerTo(step), path, depth + 1);
    }

    /// Returns a place inside that is about a member of this part.
    Place below(String name) {
      var longer = new ArrayList<>(path);
      longer.add(name);
      return new Place(pointer + JsonEvents.pointerTo(name), List.copyOf(longer), depth + 1);
    }
  }
}
