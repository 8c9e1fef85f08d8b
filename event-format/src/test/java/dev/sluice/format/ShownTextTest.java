package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShownTextTest {

  private static final String EMOJI = "\uD83D\uDE00";

  @Test
  void longText_isCutBetweenCharacters() {
    assertThat(ShownText.of("abc", 3)).isEqualTo("abc");
    assertThat(ShownText.of("abcd", 3)).isEqualTo("abc…");
    assertThat(ShownText.of("ab" + EMOJI, 3)).isEqualTo("ab…");
    assertThat(ShownText.of("a" + EMOJI + "b", 3)).isEqualTo("a" + EMOJI + "…");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD83D", "a\uDE00", "\uDE00\uD83D", "\uD83Da"})
  void unpairedSurrogate_isReplaced(String text) {
    assertThat(ShownText.isWhole(text)).isFalse();
    assertThat(ShownText.isWhole(ShownText.of(text, 10))).isTrue();
    assertThat(ShownText.of(text, 10)).contains("\uFFFD");
  }

  @Test
  void pair_isWhole() {
    assertThat(ShownText.isWhole("a" + EMOJI)).isTrue();
    assertThat(ShownText.of("a" + EMOJI, 10)).isEqualTo("a" + EMOJI);
  }
}
