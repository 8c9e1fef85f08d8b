package dev.sluice.format.subscription;

import dev.sluice.domain.text.DurationCodec;
import dev.sluice.domain.text.NearestName;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.JsonCursor;
import dev.sluice.format.JsonEvents;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Reads JSON objects member by member and collects the problems with them. Used by one thread.
public final class MemberReader {

  private static final int MAX_PROBLEMS = 20;

  /// So many known members at most are listed for an unknown one.
  private static final int MAX_NAMES = 20;

  private static final String OBJECT_RULE = "must be an object";

  /// Converting longer numbers can be expensive: a few characters can denote a million digits.
  private static final int MAX_DIGITS = 30;

  private final JsonCursor json;
  private final List<FieldProblem> problems = new ArrayList<>();

  public MemberReader(JsonCursor json) {
    this.json = json;
  }

  /// A member of an object.
  public interface Member {

    /// Reads its value, or skips it.
    ///
    /// @param pointer where it is
    void read(String pointer);
  }

  /// Reads the next value, an object with some of these members and no others.
  ///
  /// @return whether it is an object
  public boolean object(String pointer, Map<String, Member> members) {
    return object(pointer, OBJECT_RULE, members);
  }

  /// Reads the next value, an object with some of these members and no others.
  ///
  /// @param rule says what the value must be, when it is no object
  /// @return whether it is an object
  boolean object(String pointer, String rule, Map<String, Member> members) {
    return object(pointer, rule, members, _ -> false);
  }

  /// Reads the next value, an object with some of these members.
  ///
  /// @param others receives the names of all other members; it reads the value and returns true, or
  ///   returns false when there is no such member
  /// @return whether it is an object
  public boolean object(String pointer, Map<String, Member> members, Predicate<String> others) {
    return object(pointer, OBJECT_RULE, members, others);
  }

  private boolean object(
      String pointer, String rule, Map<String, Member> members, Predicate<String> others) {
    if (json.kind() != JsonCursor.Kind.OBJECT) {
      json.skip();
      problem(pointer, rule);
      return false;
    }
    Set<String> seen = new HashSet<>();
    json.beginObject();
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      String place = pointer + JsonEvents.pointerTo(name);
      Member member = members.get(name);
      if (!seen.add(name)) {
        json.skip();
        problem(place, "is given twice: keep one");
      } else if (member != null) {
        member.read(place);
      } else if (!others.test(name)) {
        json.skip();
        problem(place, unknown(name, members.keySet()));
      }
    }
    return true;
  }

  private static String unknown(String name, Set<String> known) {
    return NearestName.of(name, known)
        .map(near -> "is unknown; did you mean \"" + near + "\"?")
        .orElseGet(
            () ->
                "is unknown; known are "
                    + known.stream().sorted().limit(MAX_NAMES).collect(Collectors.joining(", ")));
  }

  /// Reads the next value, an array, element by element.
  ///
  /// @return the number of elements; -1 for what is no array, which is then a problem
  int array(String pointer, String rule, Member element) {
    if (json.kind() != JsonCursor.Kind.ARRAY) {
      json.skip();
      problem(pointer, rule);
      return -1;
    }
    json.beginArray();
    int index = 0;
    for (; json.nextElement(); index++) {
      element.read(pointer + "/" + index);
    }
    return index;
  }

  /// Reads a string.
  public Optional<String> string(String pointer) {
    return string(pointer, "must be a string");
  }

  private Optional<String> string(String pointer, String rule) {
    if (json.kind() == JsonCursor.Kind.STRING) {
      return Optional.of(json.string());
    }
    json.skip();
    problem(pointer, rule);
    return Optional.empty();
  }

  /// Reads the text of an object, as it was written.
  Optional<String> rawObject(String pointer) {
    if (json.kind() == JsonCursor.Kind.OBJECT) {
      return Optional.of(json.raw());
    }
    json.skip();
    problem(pointer, OBJECT_RULE);
    return Optional.empty();
  }

  /// Reads a duration from `least` to `most`.
  Optional<Duration> duration(String pointer, Duration least, Duration most) {
    String rule =
        "must be a duration from "
            + DurationCodec.encode(least)
            + " to "
            + DurationCodec.encode(most)
            + ", such as \"250ms\", \"30s\" or \"12h\"";
    Optional<String> text = string(pointer, rule);
    Optional<Duration> duration =
        text.flatMap(DurationCodec::decode)
            .filter(one -> one.compareTo(least) >= 0 && one.compareTo(most) <= 0);
    if (text.isPresent() && duration.isEmpty()) {
      problem(pointer, rule);
    }
    return duration;
  }

  /// Reads `true` or `false`.
  public Optional<Boolean> flag(String pointer) {
    JsonCursor.Kind kind = json.kind();
    json.skip();
    if (kind != JsonCursor.Kind.TRUE && kind != JsonCursor.Kind.FALSE) {
      problem(pointer, "must be true or false");
      return Optional.empty();
    }
    return Optional.of(kind == JsonCursor.Kind.TRUE);
  }

  /// Reads an integer from `least` to `most`.
  public Optional<Integer> integer(String pointer, int least, int most) {
    Optional<BigDecimal> number =
        number().filter(one -> one.stripTrailingZeros().scale() <= 0 && isIn(one, least, most));
    if (number.isEmpty()) {
      problem(pointer, "must be an integer from " + least + " to " + most);
    }
    return number.map(BigDecimal::intValue);
  }

  /// Reads a number from `least` to `most`.
  Optional<Double> number(String pointer, double least, double most) {
    Optional<BigDecimal> number = number().filter(one -> isIn(one, least, most));
    if (number.isEmpty()) {
      problem(pointer, "must be a number from " + plain(least) + " to " + plain(most));
    }
    return number.map(BigDecimal::doubleValue);
  }

  private static boolean isIn(BigDecimal number, double least, double most) {
    return number.doubleValue() >= least && number.doubleValue() <= most;
  }

  private Optional<BigDecimal> number() {
    if (json.kind() != JsonCursor.Kind.NUMBER) {
      json.skip();
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(json.raw())).filter(MemberReader::isShort);
    } catch (NumberFormatException e) {
      // Valid JSON, but the exponent is too large for Java.
      return Optional.empty();
    }
  }

  private static boolean isShort(BigDecimal number) {
    return number.precision() <= MAX_DIGITS && Math.abs((long) number.scale()) <= MAX_DIGITS;
  }

  /// Returns a number as JSON, without exponent and superfluous zeros.
  static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  /// Records a problem, the first one of each place: others there may only follow from it.
  public void problem(String pointer, String detail) {
    boolean isKnown = problems.stream().anyMatch(one -> one.name().equals(pointer));
    if (!isKnown && problems.size() < MAX_PROBLEMS) {
      problems.add(new FieldProblem(pointer, detail));
    }
  }

  /// Returns the problems so far.
  public List<FieldProblem> problems() {
    return List.copyOf(problems);
  }
}
