package dev.sluice.domain.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CaselessTextTest {

  /// Otherwise the first spelling found would not be the only one, and others would have to be
  /// tried.
  @Test
  void spellingsOfACharacter_doNotBeginOrEndWithEachOther() {
    assertThat(
            IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(Character::isDefined)
                .mapToObj(CaselessText::spellings)
                .filter(CaselessTextTest::overlap))
        .isEmpty();
  }

  private static boolean overlap(List<String> spellings) {
    return spellings.stream()
        .anyMatch(
            one ->
                spellings.stream()
                    .filter(other -> !other.equals(one))
                    .anyMatch(other -> one.startsWith(other) || one.endsWith(other)));
  }

  @Test
  void upperAndLowerCase_areTheSame() {
    assertThat(CaselessText.of("Straße").endIn("STRASSE 5")).isEqualTo(7);
    assertThat(CaselessText.of("Straße").endIn("straße 5")).isEqualTo(6);
    assertThat(CaselessText.of("Straße").endIn("Strase")).isEqualTo(-1);
    assertThat(CaselessText.of("ß").isAtEndOf("GROSS")).isTrue();
    assertThat(CaselessText.of("öß").isAtEndOf("ß")).isFalse();
    assertThat(CaselessText.of("\uD801\uDC28").endIn("\uD801\uDC00")).isEqualTo(2);
  }
}
