package dev.sluice.contract;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Generates JSON texts of every shape from a seed; the same seed generates the same texts.
public final class RandomJson {

  private static final List<String> MEMBERS =
      List.of(
          "event_id",
          "event_type",
          "type",
          "occurred_at",
          "timestamp",
          "payload",
          "source",
          "subject",
          "key",
          "other");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "-1",
          "1.50",
          "1e9",
          "1E-400",
          "-12345678901234567890",
          "0.1e+2",
          "1700000000",
          "4e999999");
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "a",
          "order.paid",
          "2026-01-02T03:04:05Z",
          "\\u0000",
          "\\ud800",
          "\\n\\t",
          "\u00e4\u00f6",
          "\ud83d\ude00",
          "\\\"",
          "\\/");
  private static final int DEEPEST = 5;

  private final SplittableRandom random;

  public RandomJson(long seed) {
    random = new SplittableRandom(seed);
  }

  /// Returns an event, something similar, a list of those, or any other value.
  public String document() {
    return switch (random.nextInt(4)) {
      case 0 -> value();
      case 1 -> list(this::likeAnEvent, 4);
      default -> likeAnEvent();
    };
  }

  /// Returns any value.
  public String value() {
    return value(0);
  }

  /// Returns a string that can be an event id, a different one for each number.
  public String id(int number) {
    return "\"id-" + number + one(List.of("", " b", "/", "\u00e4", "\\u00e4", "%2F")) + "\"";
  }

  private String likeAnEvent() {
    return "{"
        + MEMBERS.stream()
            .filter(_ -> random.nextInt(3) == 0)
            .map(name -> "\"" + name + "\":" + value())
            .collect(Collectors.joining(","))
        + "}";
  }

  private String value(int depth) {
    return switch (random.nextInt(depth < DEEPEST ? 7 : 4)) {
      case 0 -> one(NUMBERS);
      case 1, 2 -> text();
      case 3 -> one(List.of("true", "false", "null"));
      case 4 -> list(() -> value(depth + 1), 4);
      default -> object(depth + 1);
    };
  }

  private String object(int depth) {
    return IntStream.range(0, random.nextInt(4))
        .mapToObj(number -> " \"m" + number + "\" : " + value(depth))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private String list(Supplier<String> element, int most) {
    return IntStream.range(0, random.nextInt(most))
        .mapToObj(_ -> element.get())
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private String text() {
    return "\"" + one(TEXTS) + one(TEXTS) + "\"";
  }

  private String one(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
