package dev.sluice.domain.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CaseInsensitiveTextTest {

  /// Otherwise the first spelling found would not be the only one, and others would have to be
  /// tried.
  @Test
  void spellingsOfACharacter_doNotBeginOrEndWithEachOther() {
    assertThat(
            IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(Character::isDefined)
                .mapToObj(CaseInsensitiveText::spellings)
                .filter(CaseInsensitiveTextTest::overlap))
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
    assertThat(CaseInsensitiveText.of("Straße").endIn("STRASSE 5")).isEqualTo(7);
    assertThat(CaseInsensitiveText.of("Straße").endIn("straße 5")).isEqualTo(6);
    assertThat(CaseInsensitiveText.of("Straße").endIn("Strase")).isEqualTo(-1);
    assertThat(CaseInsensitiveText.of("ß").isAtEndOf("GROSS")).isTrue();
    assertThat(CaseInsensitiveText.of("öß").isAtEndOf("ß")).isFalse();
    assertThat(CaseInsensitiveText.of("\uD801\uDC28").endIn("\uD801\uDC00")).isEqualTo(2);
  }
}
