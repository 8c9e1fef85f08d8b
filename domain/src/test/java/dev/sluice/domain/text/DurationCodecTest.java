package dev.sluice.domain.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationCodecTest {

  @ParameterizedTest
  @CsvSource({
    "0s, PT0S",
    "0ms, PT0S",
    "1ms, PT0.001S",
    "30s, PT30S",
    "10m, PT10M",
    "12h, PT12H",
    "7d, P7D",
    "36500d, P36500D",
    "876000h, P36500D",
    "3153600000000ms, P36500D"
  })
  void duration_isRead(String text, Duration expected) {
    assertThat(DurationCodec.decode(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "7", "d", "-1d", "+1d", "1w", "1.5h", "1 h", "1H", "h1", "1h1", "٣s", "PT1S"})
  void whatIsNoDuration_isRefused(String text) {
    assertThat(DurationCodec.decode(text)).isEmpty();
  }

  /// Added to a time in nanoseconds, such a duration overflows.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "36501d",
        "106752d",
        "999999999d",
        "876001h",
        "9999999999s",
        "3153600000001ms",
        "99999999999999999999999d"
      })
  void moreThanAHundredYears_isRefused(String text) {
    assertThat(DurationCodec.decode(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT0.25S, 250ms",
    "PT1.5S, 1500ms",
    "PT1S, 1s",
    "PT90S, 90s",
    "PT1H, 1h",
    "PT24H, 1d",
    "PT72H, 3d",
    "PT25H, 25h",
    "P36500D, 36500d"
  })
  void duration_isWrittenInTheLargestUnit(Duration duration, String expected) {
    assertThat(DurationCodec.encode(duration)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "PT0.0001S", "P36500DT0.001S"})
  void durationWithoutText_isRefused(Duration duration) {
    assertThatIllegalArgumentException().isThrownBy(() -> DurationCodec.encode(duration));
  }

  @Property
  void whatIsWritten_isReadAgain(
      @ForAll @LongRange(min = 0, max = 3_153_600_000_000L) long millis) {
    Duration duration = Duration.ofMillis(millis);

    assertThat(DurationCodec.decode(DurationCodec.encode(duration))).contains(duration);
  }
}
