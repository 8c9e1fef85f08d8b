package dev.sluice.application.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExplanationTextTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "1, 1 s",
    "11001, 12 s",
    "60000, 1 min",
    "200000, 3 min 20 s",
    "7260000, 2 h 1 min",
    "90000000, 1 d 1 h"
  })
  void spans_areRoundedUpToSeconds(long millis, String text) {
    assertThat(ExplanationText.span(Duration.ofMillis(millis))).isEqualTo(text);
  }
}
