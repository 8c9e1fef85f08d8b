package dev.sluice.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimestampsTest {

  private static final long EARLIEST = -62_167_219_200_000L;
  private static final long LATEST = 253_402_300_799_999L;

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T03:04:05Z,2026-01-02T03:04:05Z",
    "2026-01-02T03:04:05.123456789Z,2026-01-02T03:04:05.123456789Z",
    "2026-01-02T03:04:05+01:00,2026-01-02T02:04:05Z",
    "2026-01-02T03:04:05.123456789+01:00,2026-01-02T02:04:05.123456789Z",
    "2024-02-29T00:00:00Z,2024-02-29T00:00:00Z",
    "2016-12-31T23:59:60Z,2016-12-31T23:59:59Z",
    "1990-12-31T15:59:60-08:00,1990-12-31T23:59:59Z",
    "2016-12-31T23:59:60.5Z,2016-12-31T23:59:59.5Z",
    "9999-12-31T23:59:59.9999999Z,9999-12-31T23:59:59.999999900Z",
    "9999-12-31T23:59:59.999999999Z,9999-12-31T23:59:59.999999999Z",
    "0000-01-01T00:00:00Z,0000-01-01T00:00:00Z",
    "2026-01-02T03:04:05.123456789012Z,2026-01-02T03:04:05.123456789Z",
    "2026-01-02T03:04:05.1234567899999999999999999999999999999Z,2026-01-02T03:04:05.123456789Z",
    "2026-01-02T03:04:05+18:30,2026-01-01T08:34:05Z",
    "2026-01-02T03:04:05-23:59,2026-01-03T03:03:05Z",
    "2026-01-02T03:04:05-00:00,2026-01-02T03:04:05Z",
    "2026-01-02t03:04:05z,2026-01-02T03:04:05Z"
  })
  void rfc3339_isRead(String text, Instant time) {
    assertThat(Timestamps.parse(text)).contains(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026",
        "2026-01-02",
        "2026-01-02T03:04Z",
        "2026-01-02T03:04:05",
        "2026-01-02 03:04:05Z",
        "2026-02-30T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-01-02T24:00:00Z",
        "2026-01-02T23:60:00Z",
        "2026-01-02T03:04:05+1:00",
        "-2026-01-02T03:04:05Z",
        "+12026-01-02T03:04:05Z",
        "0000-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "2026-01-02T03:04:05.Z",
        "2026-01-02T03:04:05.+01:00",
        "2026-01-02T03:04:05.5",
        "2026-01-02T03:04:05+24:00",
        "2026-01-02T03:04:05+01:60",
        "2026-01-02T03:04:05+01",
        "2026-01-02T03:04:05+0100",
        "2026-01-02T03:04:05+01:00:00",
        "2026-01-02T03:04:60Z",
        "2026-01-02T23:59:60Z",
        "2016-12-31T23:59:60+01:00",
        "2016-12-31T23:59:61Z",
        "2026-01-02T03:04:0-Z",
        "2026-1-002T03:04:05Z",
        "2026-01-02T03:04:05,5Z",
        "٢٠٢٦-01-02T03:04:05Z",
        "2026-W01-1T00:00:00Z",
        "2026-01-02T03:04:05Z ",
        " 2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05ZZ"
      })
  void otherText_isRefused(String text) {
    assertThat(Timestamps.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0,1970-01-01T00:00:00Z",
    "-1.5,1969-12-31T23:59:58.500Z",
    "99999999999,5138-11-16T09:46:39Z",
    "100000000000,1973-03-03T09:46:40Z",
    "1767323045678,2026-01-02T03:04:05.678Z",
    "1.767323045678e12,2026-01-02T03:04:05.678Z",
    "253402300799999,9999-12-31T23:59:59.999Z",
    "1e-400,1970-01-01T00:00:00Z",
    "0e2147483647,1970-01-01T00:00:00Z",
    "1e-2147483647,1970-01-01T00:00:00Z"
  })
  void number_isSecondsOrMilliseconds(String number, Instant time) {
    assertThat(Timestamps.ofEpoch(number)).contains(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "253402300800000",
        "-253402300799999",
        "1e18",
        "1e999999999",
        "-1e999999999",
        "1e2147483647",
        "1e99999999999",
        "1e-99999999999",
        "-1E+99999999999999999999"
      })
  void numberOutOfRange_isRefused(String number) {
    assertThat(Timestamps.ofEpoch(number)).isEmpty();
  }

  @Test
  void format_alwaysHasMilliseconds() {
    assertThat(Timestamps.format(Instant.parse("0001-01-01T00:00:00Z")))
        .isEqualTo("0001-01-01T00:00:00.000Z");
    assertThat(Timestamps.format(Instant.parse("2026-01-02T03:04:05.006999999Z")))
        .isEqualTo("2026-01-02T03:04:05.006Z");
  }

  @Property(tries = 300)
  void format_isReadBack(@ForAll @LongRange(min = EARLIEST, max = LATEST) long millis) {
    Instant time = Instant.ofEpochMilli(millis);

    assertThat(Timestamps.parse(Timestamps.format(time))).contains(time);
  }
}
