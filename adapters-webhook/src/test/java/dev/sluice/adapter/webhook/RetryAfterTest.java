package dev.sluice.adapter.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|PT0S",
        "120|PT2M",
        " 7 |PT7S",
        "2592000|P30D",
        "Sun, 01 Mar 2026 12:05:00 GMT|PT5M",
        "Sun, 1 Mar 2026 12:00:00 GMT|PT0S",
      })
  void sensibleValue_isRead(String value, Duration wait) {
    assertThat(RetryAfter.parse(value, NOW)).contains(wait);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "1e9",
        "1.5",
        "2592001",
        "99999999999999999999",
        "soon",
        "Sun, 01 Mar 2026 11:59:59 GMT",
        "Mon, 01 Mar 2027 12:00:00 GMT",
        "2026-03-01T12:05:00Z",
        "٣",
      })
  void absurdValue_isIgnored(String value) {
    assertThat(RetryAfter.parse(value, NOW)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, PT10S, PT10S",
    "PT5M, PT10S, PT5M",
    "P1D, PT10S, PT1H",
    "P1D, PT5H, PT10H",
    "PT6H, PT5H, PT6H",
  })
  void wait_isClamped(Duration wait, Duration ownDelay, Duration clamped) {
    assertThat(RetryAfter.clamp(wait, ownDelay)).isEqualTo(clamped);
  }
}
