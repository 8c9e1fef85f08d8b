package dev.sluice.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpansTest {

  @ParameterizedTest
  @CsvSource({
    "1ms, PT0.001S",
    "30s, PT30S",
    "10m, PT10M",
    "12h, PT12H",
    "7d, P7D",
    "36500d, P36500D",
    "876000h, P36500D"
  })
  void span_isRead(String text, Duration expected) {
    assertThat(Spans.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0s", "7", "d", "-1d", "1w", "1.5h", "9999999999s"})
  void whatIsNoSpan_isRefused(String text) {
    assertThat(Spans.parse(text)).isEmpty();
  }

  /// Added to a time in nanoseconds, such a duration overflows.
  @ParameterizedTest
  @ValueSource(strings = {"36501d", "106752d", "127500d", "999999d", "999999999d", "876001h"})
  void moreThanAHundredYears_isRefused(String text) {
    assertThat(Spans.parse(text)).isEmpty();
  }
}
