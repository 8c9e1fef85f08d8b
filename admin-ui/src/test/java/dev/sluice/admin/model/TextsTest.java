package dev.sluice.admin.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextsTest {

  private static final Instant NOW = Instant.parse("2026-03-14T09:30:00Z");

  @ParameterizedTest
  @CsvSource({
    "0, 0 ms",
    "0.0004, < 1 ms",
    "0.0123, 12.3 ms",
    "0.25, 250 ms",
    "1.5, 1.50 s",
    "75, 1 min 15 s",
    "7200, 2 h",
    "90000, 1 d 1 h"
  })
  void seconds_haveTheUnitThatSuitsThem(double seconds, String text) {
    assertThat(Texts.seconds(seconds)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.001, 0", "0.25, 0.25", "12.34, 12.3", "412.3, 412"})
  void rates_haveAsManyPlacesAsSaySomething(double rate, String text) {
    assertThat(Texts.rate(rate)).isEqualTo(text);
  }

  @Test
  void thousands_areParted() {
    assertThat(Texts.count(1_234_567)).isEqualTo("1\u202f234\u202f567");
    assertThat(Texts.count(-5)).isEqualTo("-5");
  }

  @Test
  void distances_sayWhichWay() {
    assertThat(Texts.distance(NOW.plusSeconds(90), NOW)).isEqualTo("in 1 min 30 s");
    assertThat(Texts.distance(NOW.minusSeconds(5), NOW)).isEqualTo("5 s ago");
    assertThat(Texts.distance(NOW.plusMillis(300), NOW)).isEqualTo("now");
  }

  @Test
  void times_haveTheirDateOnlyWhenItIsAnother() {
    assertThat(Texts.time(NOW.minusSeconds(60), NOW, ZoneOffset.UTC)).isEqualTo("09:29:00.000");
    assertThat(Texts.time(NOW.minus(Duration.ofDays(1)), NOW, ZoneOffset.UTC))
        .isEqualTo("Mar 13 09:30:00");
    assertThat(Texts.time(NOW, NOW, ZoneId.of("Europe/Berlin"))).isEqualTo("10:30:00.000");
  }

  @Test
  void fullTimes_nameTheirZone() {
    assertThat(Texts.fullTime(NOW, ZoneId.of("Etc/UTC"))).isEqualTo("2026-03-14 09:30:00.000 UTC");
    assertThat(Texts.fullTime(NOW, ZoneId.of("Europe/Berlin")))
        .endsWith("10:30:00.000 Europe/Berlin");
  }
}
