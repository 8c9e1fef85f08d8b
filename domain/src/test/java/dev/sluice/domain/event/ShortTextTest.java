package dev.sluice.domain.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The rule that ids, types and attributes share, checked on each of them.
final class ShortTextTest {

  private static final String ROCKET = "\uD83D\uDE80";
  private static final String LONE_HIGH = "\uD83D";
  private static final String LONE_LOW = "\uDE80";

  /// A kind of short text, with its check and its constructor.
  record Kind(
      String name, Function<String, Optional<String>> problem, Function<String, String> make) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          new Kind("event id", EventId::problemWith, text -> new EventId(text).value()),
          new Kind("event type", EventType::problemWith, text -> new EventType(text).value()),
          new Kind(
              "attribute key",
              text -> Attributes.problemWith(Attributes.KEY, text),
              text -> new Attributes(Map.of(Attributes.KEY, text)).key().orElseThrow()));

  static Stream<Arguments> usableTexts() {
    return ofEachKind(
        List.of(
            "a",
            " a ",
            "order.paid/ä 日本",
            ROCKET,
            "a" + ROCKET + "b",
            "a\u2028b",
            "x".repeat(255),
            ROCKET.repeat(255),
            "x".repeat(254) + ROCKET));
  }

  static Stream<Arguments> blankTexts() {
    return ofEachKind(List.of("", " ", " \t\n", "\u2003"));
  }

  static Stream<Arguments> longTexts() {
    return ofEachKind(
        List.of("x".repeat(256), ROCKET.repeat(256), "x".repeat(255) + ROCKET, "x".repeat(9_999)));
  }

  static Stream<Arguments> textsWithControlCharacters() {
    return ofEachKind(
        IntStream.concat(IntStream.range(0, 0x20), IntStream.range(0x7F, 0xA0))
            .mapToObj(control -> "a" + Character.toString(control) + "b")
            .toList());
  }

  static Stream<Arguments> textsWithUnpairedSurrogates() {
    return ofEachKind(
        List.of(
            LONE_HIGH,
            LONE_LOW,
            "a" + LONE_HIGH,
            LONE_LOW + "a",
            LONE_HIGH + "a" + LONE_LOW,
            LONE_LOW + LONE_HIGH,
            LONE_HIGH + ROCKET,
            ROCKET + LONE_LOW));
  }

  private static Stream<Arguments> ofEachKind(List<String> texts) {
    return KINDS.stream().flatMap(kind -> texts.stream().map(text -> Arguments.of(kind, text)));
  }

  @ParameterizedTest
  @MethodSource("usableTexts")
  void usableText_isKeptAsItIs(Kind kind, String text) {
    assertThat(kind.problem().apply(text)).isEmpty();
    assertThat(kind.make().apply(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @MethodSource("blankTexts")
  void blankText_isRefused(Kind kind, String text) {
    assertRefused(kind, text, "must not be blank");
  }

  @ParameterizedTest
  @MethodSource("longTexts")
  void moreThan255CodePoints_areRefused(Kind kind, String text) {
    assertRefused(kind, text, "must have at most 255 characters");
  }

  @ParameterizedTest
  @MethodSource("textsWithControlCharacters")
  void controlCharacter_isRefused(Kind kind, String text) {
    assertRefused(kind, text, "must not contain control characters or unpaired surrogates");
  }

  @ParameterizedTest
  @MethodSource("textsWithUnpairedSurrogates")
  void unpairedSurrogate_isRefused(Kind kind, String text) {
    assertRefused(kind, text, "must not contain control characters or unpaired surrogates");
  }

  private static void assertRefused(Kind kind, String text, String problem) {
    assertThat(kind.problem().apply(text)).contains(problem);
    assertThatThrownBy(() -> kind.make().apply(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(kind.name() + " " + problem);
  }
}
