package dev.sluice.domain.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.domain.event.EventType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TypePatternTest {

  private static boolean matches(String glob, String type) {
    return new TypePattern(glob).matches(new EventType(type));
  }

  @ParameterizedTest
  @CsvSource({
    "*,anything",
    "**,anything",
    "order.paid,order.paid",
    "order.*,order.paid",
    "order.*,order.item.added",
    "order.*,order.",
    "*.paid,order.paid",
    "*.paid,.paid",
    "o*r.p*d,order.paid",
    "*a*b,xaxbxab",
    "*\uD83D\uDE80,go \uD83D\uDE80",
    "order*,order"
  })
  void pattern_takes(String glob, String type) {
    assertThat(matches(glob, type)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "order.paid,order.paid2",
    "order.paid,1order.paid",
    "order.paid,orderXpaid",
    "order.*,order",
    "order.*,Order.paid",
    "*.paid,order.paid.late",
    "a*a,a",
    "*a*b,xbxa",
    "?,a",
    "[a],a"
  })
  void pattern_leaves(String glob, String type) {
    assertThat(matches(glob, type)).isFalse();
  }

  /// A matcher that tried every way to divide the text among the stars would never finish these.
  @ParameterizedTest
  @ValueSource(strings = {"a*", "*a", "a**", "*a*"})
  void patternOfManyStars_ends(String part) {
    String stars = part.repeat(250 / part.length());

    assertThat(matches(stars + "b", "a".repeat(255))).isFalse();
    assertThat(matches(stars + "*", "a".repeat(255))).isTrue();
  }

  @Test
  void any_takesEveryType() {
    assertThat(TypePattern.ANY.matches(EventType.DEFAULT)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 256})
  void emptyOrTooLongPattern_isRefused(int length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TypePattern("*".repeat(length)))
        .withMessageContaining("1 to 255");
  }

  @Test
  void longestPattern_isAccepted() {
    assertThat(matches("x".repeat(255), "x".repeat(255))).isTrue();
  }
}
