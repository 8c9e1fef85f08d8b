package dev.sluice.domain.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GlobTest {

  @Property
  void matches_asARegularExpressionDoes(
      @ForAll @StringLength(min = 1, max = 8) @CharRange(from = 'a', to = 'b') @Chars('*')
          String pattern,
      @ForAll @StringLength(max = 12) @CharRange(from = 'a', to = 'b') String text) {
    String glob = pattern.replaceAll("\\*+", "*");
    boolean expected = Pattern.matches(glob.replace("*", ".*"), text);

    assertThat(Glob.of(glob).matches(text)).isEqualTo(expected);
  }

  @Test
  void backslash_makesAStarStandForItself() {
    assertThat(Glob.of("a\\*b*").matches("a*bc")).isTrue();
    assertThat(Glob.of("a\\*b*").matches("axbc")).isFalse();
    assertThat(Glob.of("a\\\\*").matches("a\\b")).isTrue();
    assertThat(Glob.of("a\\*").matches("a*")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a**b", "**", "a\\b", "a\\"})
  void unclearPattern_isRefused(String pattern) {
    assertThatIllegalArgumentException().isThrownBy(() -> Glob.of(pattern));
  }

  /// An algorithm that backtracks would need about 10^12 steps.
  @Test
  void hostilePattern_isDecidedInOnePass() {
    String text = "a".repeat(1_000_000);

    assertThat(Glob.of(("a".repeat(100) + "*").repeat(40) + "b").matches(text)).isFalse();
    assertThat(Glob.of("*" + "a".repeat(2_000) + "b*").matches(text)).isFalse();
  }
}
