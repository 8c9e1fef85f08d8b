package dev.sluice.domain.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NumericTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1.0",
    "1, 10e-1",
    "1, 0.1e1",
    "100, 1E+2",
    "0, -0",
    "0, 0.00e7",
    "0, -0.0",
    "0.1, 0.10",
    "-2.5, -25e-1",
    "1e22, 10000000000000000000000",
    "123456789012345, 1.23456789012345e14"
  })
  void spellingsOfOneNumber_areEqual(String one, String other) {
    assertThat(Numeric.of(one).isExact()).isTrue();
    assertThat(Numeric.of(one)).isEqualTo(Numeric.of(other));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12345678901234567890",
        "123456789012345678",
        "0.1000000000000000055511151231257827",
        "1e400",
        "-1e400",
        "1e-400",
        "1e999999999999999999999",
        "1e-999999999999999999999"
      })
  void numberThatAFloatingPointNumberWouldChange_isEqualOnlyToItself(String text) {
    assertThat(Numeric.of(text).isExact()).isFalse();
    assertThat(Numeric.of(text)).isEqualTo(Numeric.of(text)).isNotEqualTo(Numeric.of(text + "0"));
  }

  @Test
  void numberOfManyDigits_isCheap() {
    assertThat(Numeric.of("0." + "0".repeat(400) + "1").isExact()).isFalse();
    assertThat(Numeric.of("1" + "0".repeat(300)).value()).isEqualTo(1e300);
    assertThat(Numeric.of("1e" + "9".repeat(490)).isExact()).isFalse();
  }
}
