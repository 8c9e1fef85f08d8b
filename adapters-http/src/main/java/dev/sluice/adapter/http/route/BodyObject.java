package dev.sluice.adapter.http.route;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.MediaTypes;
import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.Problems;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.adapter.http.RequestBodies;
import dev.sluice.domain.text.DurationCodec;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.Json;
import dev.sluice.format.JsonEvents;
import dev.sluice.format.MalformedJsonException;
import dev.sluice.format.ShownText;
import dev.sluice.format.Timestamps;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A small JSON object in an operator's request, read strictly: every member that is unknown or of
/// the wrong type is a problem, and all problems are reported at once.
final class BodyObject {

  private static final int MAX_BODY = 64 * 1024;
  private static final int MAX_DIGITS = 30;

  /// Values are String, Boolean, BigDecimal, List of String and [Other], BodyObject, or [Other].
  private final Map<String, Object> members = new LinkedHashMap<>();

  private final String pointer;
  private final List<FieldProblem> problems;

  private BodyObject(String pointer, List<FieldProblem> problems) {
    this.pointer = pointer;
    this.problems = problems;
  }

  /// The filters that may be numbers.
  private static final Set<String> NUMBERS = Set.of("start", "end", "attempts");

  /// Stands for a value that no member may have.
  private enum Other {
    VALUE
  }

  /// Processes the body of a request.
  interface Use {
    void with(BodyObject body) throws IOException;
  }

  /// Reads the body of a request, which must be one JSON object.
  ///
  /// @throws ProblemException when it is too large, not JSON, or not an object
  static void read(Exchange exchange, RequestBodies bodies, Use use) throws IOException {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    MediaTypes.requireJson(exchange);
    bodies.read(exchange, _ -> MAX_BODY, body -> use.with(parse(body.bytes())));
  }

  static BodyObject parse(byte[] bytes) throws IOException {
    try (JsonParser parser = Json.document(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedJsonException("expected a JSON object");
      }
      var body = new BodyObject("", new ArrayList<>());
      body.fill(parser);
      Json.requireEnd(parser);
      return body;
    } catch (JsonProcessingException e) {
      throw new ProblemException(Problems.malformed(MalformedJsonException.of(e)));
    } catch (MalformedJsonException e) {
      throw new ProblemException(Problems.malformed(e));
    }
  }

  private void fill(JsonParser parser) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      members.put(name, value(parser, name));
    }
  }

  private Object value(JsonParser parser, String name) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> text(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case START_ARRAY -> list(parser);
      case START_OBJECT -> {
        var child = new BodyObject(pointerTo(name), problems);
        child.fill(parser);
        yield child;
      }
      default -> {
        parser.skipChildren();
        yield Other.VALUE;
      }
    };
  }

  /// Returns a string. Responses echo strings, and an unpaired surrogate cannot be written.
  private static Object text(JsonParser parser) throws IOException {
    String text = parser.getText();
    return ShownText.isWhole(text) ? text : Other.VALUE;
  }

  private static Object number(JsonParser parser) throws IOException {
    try {
      return new BigDecimal(parser.getText());
    } catch (NumberFormatException e) {
      // Valid JSON, but the exponent is too large for Java.
      return Other.VALUE;
    }
  }

  private static List<Object> list(JsonParser parser) throws IOException {
    var elements = new ArrayList<Object>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      boolean isText = parser.currentToken() == JsonToken.VALUE_STRING;
      elements.add(isText ? text(parser) : Other.VALUE);
      parser.skipChildren();
    }
    return elements;
  }

  private String pointerTo(String name) {
    return pointer + JsonEvents.pointerTo(name);
  }

  /// Reports members other than these as problems.
  void allowOnly(Set<String> known) {
    for (String name : members.keySet()) {
      if (!known.contains(name)) {
        problem(name, "is unknown");
      }
    }
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  Optional<String> text(String name) {
    return value(name, String.class, "must be a string");
  }

  Optional<Boolean> flag(String name) {
    return value(name, Boolean.class, "must be true or false");
  }

  Optional<BodyObject> object(String name) {
    return value(name, BodyObject.class, "must be an object");
  }

  /// Returns a number from `least` to `most`.
  Optional<BigDecimal> number(String name, double least, double most) {
    String rule = "must be a number from " + plain(least) + " to " + plain(most);
    Optional<BigDecimal> number = value(name, BigDecimal.class, rule);
    boolean isInRange =
        number
            .filter(BodyObject::isShort)
            .filter(one -> one.doubleValue() >= least && one.doubleValue() <= most)
            .isPresent();
    if (number.isPresent() && !isInRange) {
      problem(name, rule);
      return Optional.empty();
    }
    return number;
  }

  /// Returns an integer from `least` to `most`.
  Optional<Integer> integer(String name, int least, int most) {
    String rule = "must be an integer from " + least + " to " + most;
    Optional<BigDecimal> number = value(name, BigDecimal.class, rule);
    boolean isInRange =
        number
            .filter(BodyObject::isShort)
            .filter(one -> one.stripTrailingZeros().scale() <= 0)
            .filter(one -> one.doubleValue() >= least && one.doubleValue() <= most)
            .isPresent();
    if (number.isPresent() && !isInRange) {
      problem(name, rule);
      return Optional.empty();
    }
    return number.map(BigDecimal::intValue);
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private <T> Optional<T> value(String name, Class<T> kind, String rule) {
    Object value = members.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!kind.isInstance(value)) {
      problem(name, rule);
      return Optional.empty();
    }
    return Optional.of(kind.cast(value));
  }

  /// Returns the elements of an array, with an empty string for each that is not a string.
  List<String> list(String name, String rule) {
    List<?> elements = value(name, List.class, rule).orElse(List.of());
    return elements.stream().map(element -> element instanceof String text ? text : "").toList();
  }

  /// Returns a duration from zero to `most`.
  Optional<Duration> duration(String name, Duration most) {
    Optional<Duration> duration =
        text(name).flatMap(DurationCodec::decode).filter(one -> one.compareTo(most) <= 0);
    if (duration.isEmpty() && members.get(name) instanceof String) {
      problem(
          name,
          "must be a duration of at most "
              + DurationCodec.encode(most)
              + ", such as \"250ms\", \"30s\" or \"12h\"");
    }
    return duration;
  }

  /// Returns a time: RFC 3339, or seconds since 1970.
  Optional<Instant> time(String name) {
    Optional<Instant> time =
        switch (members.get(name)) {
          case String text -> Timestamps.parse(text);
          case BigDecimal number when isShort(number) -> Timestamps.ofEpoch(number);
          case null, default -> Optional.empty();
        };
    if (has(name) && time.isEmpty()) {
      problem(name, "must be a time: RFC 3339, or seconds since 1970");
    }
    return time;
  }

  /// Returns the values of a member as a query would have them: a string, a number, or several
  /// strings.
  List<String> asParameters(String name) {
    return switch (members.get(name)) {
      case null -> List.of();
      case String text -> List.of(text);
      case BigDecimal number when NUMBERS.contains(name) && isShort(number) ->
          List.of(number.toPlainString());
      case List<?> texts
          when !texts.isEmpty() && texts.stream().allMatch(String.class::isInstance) ->
          texts.stream().map(String.class::cast).toList();
      default -> {
        problem(name, "must be a string");
        yield List.of();
      }
    };
  }

  /// Whether converting the number is cheap: a few characters can denote a number of a million
  /// digits.
  private static boolean isShort(BigDecimal number) {
    return number.precision() <= MAX_DIGITS && Math.abs((long) number.scale()) <= MAX_DIGITS;
  }

  void problem(String name, String detail) {
    problems.add(new FieldProblem(name.isEmpty() ? pointer : pointerTo(name), detail));
  }

  /// Reports a problem with an element of an array.
  void problem(String name, int index, String detail) {
    problems.add(new FieldProblem(pointerTo(name) + "/" + index, detail));
  }

  boolean isWrong() {
    return !problems.isEmpty();
  }

  /// @throws ProblemException when there are problems
  void throwIfWrong(ProblemCode code, String detail) {
    if (isWrong()) {
      throw new ProblemException(Problem.of(code, detail, problems));
    }
  }
}
