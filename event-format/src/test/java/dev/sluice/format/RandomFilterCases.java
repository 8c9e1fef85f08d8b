package dev.sluice.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes payloads and patterns that match often, but not always: conditions are made from values of
/// the payload or at random.
final class RandomFilterCases {

  private static final int PAYLOADS = 5;

  private static final List<String> NAMES = List.of("a", "b", "a-b");
  private static final List<String> TEXTS =
      List.of("", "x", "y", "xy", "yx", "XY", "xyxy", "ä", "xÄx", "x*y", "1", "true", "10.0.0.1");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "0.0",
          "1",
          "1.0",
          "10e-1",
          "-1",
          "2.5",
          "100",
          "1E2",
          "0.1",
          "0.10",
          "123456789012345678",
          "12345678901234567890",
          "1.0000000000000000055",
          "1e400");
  private static final List<String> ADDRESSES =
      List.of("10.0.0.1", "10.0.0.255", "10.1.2.3", "192.168.0.9", "10.0.0.256", "10.0.0");

  /// Event-ruler 2.0.1 also finds numbers in networks, if their digits are those of an address in
  /// hexadecimal, and overlooks numbers beside networks that begin alike. These do not.
  private static final List<String> NETWORKS =
      List.of("10.0.0.0/8", "10.0.0.0/24", "10.0.0.1/31", "192.168.0.0/25");

  private static final List<String> EXACT_NUMBERS = NUMBERS.subList(0, 12);

  private final Random random;

  RandomFilterCases(long seed) {
    this.random = new Random(seed);
  }

  /// A pattern, the payload from which it was made, and changed forms of this payload, all JSON.
  record Case(String pattern, List<String> payloads) {}

  Case next() {
    while (true) {
      Map<String, Object> payload = object(0);
      String pattern = "{\"payload\":" + pattern(payload, 0) + "}";
      if (!confusesEventRuler(pattern)) {
        return new Case(
            pattern,
            Stream.concat(
                    Stream.of(json(payload)),
                    IntStream.range(1, PAYLOADS).mapToObj(_ -> json(changed(payload))))
                .toList());
      }
    }
  }

  /// Event-ruler 2.0.1 decides wrongly when a field that may be absent or have a value is in two
  /// alternatives.
  private static boolean confusesEventRuler(String pattern) {
    boolean mayBeAbsentOrNot =
        pattern.contains("{\"exists\":false},") || pattern.contains(",{\"exists\":false}");
    return mayBeAbsentOrNot && pattern.contains("$or");
  }

  private Object changed(Object value) {
    if (chance(8)) {
      return scalar();
    }
    return switch (value) {
      case Map<?, ?> members -> {
        Map<String, Object> changed = new LinkedHashMap<>();
        members.forEach(
            (name, member) -> {
              if (chance(90)) {
                changed.put((String) name, changed(member));
              }
            });
        yield changed;
      }
      case List<?> elements -> {
        List<Object> changed = new ArrayList<>();
        elements.forEach(element -> changed.add(changed(element)));
        Collections.shuffle(changed, random);
        yield changed;
      }
      default -> value;
    };
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (String name : NAMES) {
      if (chance(65)) {
        members.put(name, value(depth + 1));
      }
    }
    return members;
  }

  private Object value(int depth) {
    int kind = random.nextInt(10);
    if (depth > 2 || kind < 4) {
      return scalar();
    }
    return kind < 6 ? object(depth) : list(depth);
  }

  private List<Object> list(int depth) {
    boolean isOfObjects = chance(60);
    return IntStream.range(0, random.nextInt(4))
        .mapToObj(_ -> isOfObjects && chance(85) ? object(depth + 1) : value(depth + 1))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /// Scalars are their JSON text.
  private String scalar() {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> quoted(oneOf(TEXTS));
      case 3, 4 -> oneOf(NUMBERS);
      case 5 -> oneOf(List.of("true", "false", "null"));
      case 6 -> quoted(oneOf(ADDRESSES));
      default -> oneOf(List.of("\"x\"", "\"xy\"", "1", "true"));
    };
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  private static String json(Object value) {
    return switch (value) {
      case Map<?, ?> members ->
          members.entrySet().stream()
              .map(member -> quoted((String) member.getKey()) + ":" + json(member.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case List<?> elements ->
          elements.stream().map(RandomFilterCases::json).collect(Collectors.joining(",", "[", "]"));
      default -> (String) value;
    };
  }

  private String pattern(Map<String, Object> about, int depth) {
    List<String> names = new ArrayList<>(NAMES);
    int count = 1 + random.nextInt(depth == 0 ? 3 : 2);
    var members = new ArrayList<String>();
    for (int index = 0; index < count && !names.isEmpty(); index++) {
      String name = names.remove(random.nextInt(names.size()));
      Object value = about.get(name);
      if (value == null && chance(60) && !about.isEmpty()) {
        name = oneOf(List.copyOf(about.keySet()));
        value = names.remove(name) ? about.get(name) : null;
        if (value == null) {
          continue;
        }
      }
      members.add(quoted(name) + ":" + member(value, depth));
    }
    if (members.isEmpty() || chance(15)) {
      members.add("\"$or\":" + alternatives(about, depth));
    }
    return "{" + String.join(",", members) + "}";
  }

  private String alternatives(Map<String, Object> about, int depth) {
    return IntStream.range(0, 2 + random.nextInt(2))
        .mapToObj(_ -> pattern(about, depth + 2))
        .collect(Collectors.joining(",", "[", "]"));
  }

  @SuppressWarnings("unchecked")
  private String member(@Nullable Object value, int depth) {
    if (value instanceof Map<?, ?> && depth < 4 && chance(85)) {
      return pattern((Map<String, Object>) value, depth + 1);
    }
    if (value instanceof List<?> elements && !elements.isEmpty()) {
      return member(oneOf(elements), depth + 1);
    }
    if (value == null && depth < 3 && chance(15)) {
      return pattern(Map.of(), depth + 1);
    }
    String sample = value instanceof String text ? text : scalar();
    boolean isAbsent = !(value instanceof String);
    String conditions = condition(sample, isAbsent);
    String other = condition(sample, isAbsent);
    return chance(50) || isCaseMixed(conditions + other)
        ? "[" + conditions + "]"
        : "[" + conditions + "," + other + "]";
  }

  /// Event-ruler 2.0.1 mixes up a wildcard and a text in upper and lower case on the same field.
  private static boolean isCaseMixed(String conditions) {
    return conditions.contains("wildcard") && conditions.contains("ignore-case");
  }

  private String condition(String sample, boolean isAbsent) {
    if (chance(isAbsent ? 60 : 12)) {
      return "{\"exists\":" + !isAbsent + "}";
    }
    if (chance(8)) {
      return "{\"exists\":false}";
    }
    String like = chance(75) ? sample : scalar();
    return like.startsWith("\"")
        ? textCondition(like.substring(1, like.length() - 1))
        : plain(like);
  }

  private String plain(String like) {
    boolean isExact = EXACT_NUMBERS.contains(like);
    return switch (random.nextInt(4)) {
      case 0 -> isExact ? "{\"anything-but\":" + oneOf(EXACT_NUMBERS) + "}" : like;
      case 1 ->
          isExact
              ? "{\"anything-but\":[" + oneOf(EXACT_NUMBERS) + "," + oneOf(EXACT_NUMBERS) + "]}"
              : like;
      case 2 -> isExact ? "{\"numeric\":" + range(like) + "}" : like;
      default -> like;
    };
  }

  private String range(String like) {
    return switch (random.nextInt(5)) {
      case 0 -> "[\"=\"," + like + "]";
      case 1 -> "[\">\",-5,\"<=\"," + oneOf(List.of("1", "2.5", "1e3")) + "]";
      case 2 -> "[\"" + oneOf(List.of("<", "<=", ">", ">=")) + "\"," + like + "]";
      case 3 -> "[\">=\"," + like + ",\"<\",1000]";
      default -> "[\">=\",0.05]";
    };
  }

  private String textCondition(String like) {
    String other = oneOf(TEXTS);
    String begin = notEmpty(like.substring(0, random.nextInt(like.length() + 1)));
    String end = notEmpty(like.substring(random.nextInt(like.length() + 1)));
    return switch (random.nextInt(14)) {
      case 0 -> "{\"prefix\":" + quoted(begin) + "}";
      case 1 -> "{\"suffix\":" + quoted(end) + "}";
      case 2 -> "{\"equals-ignore-case\":" + quoted(notEmpty(flipped(like))) + "}";
      case 3 -> "{\"wildcard\":" + quoted(glob(like)) + "}";
      case 4 -> "{\"anything-but\":" + quoted(chance(70) ? other : like) + "}";
      case 5 -> "{\"anything-but\":[" + quoted(other) + "," + quoted(oneOf(TEXTS)) + "]}";
      case 6 -> "{\"anything-but\":{\"prefix\":" + quoted(begin) + "}}";
      case 7 -> "{\"anything-but\":{\"suffix\":[" + quoted(end) + ",\"q\"]}}";
      case 8 -> "{\"anything-but\":{\"wildcard\":" + quoted(glob(other)) + "}}";
      case 9 ->
          "{\"anything-but\":{\"equals-ignore-case\":" + quoted(notEmpty(flipped(like))) + "}}";
      case 10 -> "{\"cidr\":" + quoted(oneOf(NETWORKS)) + "}";
      case 11 -> "{\"prefix\":{\"equals-ignore-case\":" + quoted(flipped(begin)) + "}}";
      case 12 -> "{\"suffix\":{\"equals-ignore-case\":" + quoted(flipped(end)) + "}}";
      default -> quoted(like);
    };
  }

  private static String notEmpty(String text) {
    return text.isEmpty() ? "x" : text;
  }

  private String flipped(String text) {
    return chance(50) ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT);
  }

  private String glob(String like) {
    String plain = like.replace("*", "");
    int from = random.nextInt(plain.length() + 1);
    int to = from + random.nextInt(plain.length() - from + 1);
    String star = plain.substring(0, from) + "*" + plain.substring(to);
    return chance(30) && !star.endsWith("*") ? star + "*" : star;
  }
}
