package dev.sluice.format.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.schedule.CronResult;
import dev.sluice.domain.schedule.Ticks;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Ticks, above all where clocks change.
final class CronTicksTest {

  private static Ticks ticks(String cron, String zone) {
    return ((CronResult.Valid) new UnixCronFormat().read(cron, ZoneId.of(zone))).ticks();
  }

  /// Returns the ticks after a time, as many as there are expected ones.
  private static Stream<Instant> ticksAfter(String cron, String zone, String time, int count) {
    Ticks ticks = ticks(cron, zone);
    return Stream.iterate(
            ticks.after(Instant.parse(time)),
            Optional::isPresent,
            tick -> ticks.after(tick.orElseThrow()))
        .limit(count)
        .map(Optional::orElseThrow);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          30 2 * * *     | 2026-01-02T03:04:05Z | 2026-01-03T02:30:00Z 2026-01-04T02:30:00Z
          */20 * * * *   | 2026-01-02T03:40:00Z | 2026-01-02T04:00:00Z 2026-01-02T04:20:00Z
          10-50/20 9 * * * | 2026-01-02T09:10:00Z | 2026-01-02T09:30:00Z 2026-01-02T09:50:00Z
          0 9 * * MON-FRI | 2026-01-02T10:00:00Z | 2026-01-05T09:00:00Z 2026-01-06T09:00:00Z
          0 9 * * 7      | 2026-01-02T10:00:00Z | 2026-01-04T09:00:00Z 2026-01-11T09:00:00Z
          0 9 * * sun    | 2026-01-02T10:00:00Z | 2026-01-04T09:00:00Z 2026-01-11T09:00:00Z
          0 9 13 * FRI   | 2026-01-06T10:00:00Z | 2026-01-09T09:00:00Z 2026-01-13T09:00:00Z
          0 0 31 * *     | 2026-01-31T00:00:00Z | 2026-03-31T00:00:00Z 2026-05-31T00:00:00Z
          0 0 29 2 *     | 2096-01-01T00:00:00Z | 2096-02-29T00:00:00Z
          0 0 29 FEB *   | 2026-01-01T00:00:00Z | 2028-02-29T00:00:00Z 2032-02-29T00:00:00Z
          0,30 8-9 1 1,7 * | 2026-01-01T08:30:00Z | 2026-01-01T09:00:00Z 2026-01-01T09:30:00Z 2026-07-01T08:00:00Z
          @hourly        | 2026-01-01T23:30:00Z | 2026-01-02T00:00:00Z 2026-01-02T01:00:00Z
          @daily         | 2026-01-01T23:30:00Z | 2026-01-02T00:00:00Z 2026-01-03T00:00:00Z
          @weekly        | 2026-01-01T23:30:00Z | 2026-01-04T00:00:00Z 2026-01-11T00:00:00Z
          @monthly       | 2026-01-01T23:30:00Z | 2026-02-01T00:00:00Z 2026-03-01T00:00:00Z
          @yearly        | 2026-01-01T23:30:00Z | 2027-01-01T00:00:00Z 2028-01-01T00:00:00Z
          """)
  void expression_hasItsTicks(String cron, String time, String expected) {
    Instant[] times = times(expected);

    assertThat(ticksAfter(cron, "UTC", time, times.length)).containsExactly(times);
  }

  private static Instant[] times(String text) {
    return Arrays.stream(text.split(" ", -1)).map(Instant::parse).toArray(Instant[]::new);
  }

  /// Clocks are set forward: Berlin from 02:00 to 03:00 at 01:00 UTC, New York from 02:00 to 03:00
  /// at 07:00 UTC, Lord Howe from 02:00 to 02:30 at 15:30 UTC of the day before.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          30 2 * * *   | Europe/Berlin | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z 2026-03-30T00:30:00Z
          */15 2 * * * | Europe/Berlin | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z 2026-03-30T00:00:00Z
          0 2,3 * * *  | Europe/Berlin | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z 2026-03-30T00:00:00Z
          0 */2 * * *  | Europe/Berlin | 2026-03-28T23:00:00Z | 2026-03-29T01:00:00Z 2026-03-29T02:00:00Z
          0 * * * *    | Europe/Berlin | 2026-03-28T23:30:00Z | 2026-03-29T00:00:00Z 2026-03-29T01:00:00Z 2026-03-29T02:00:00Z
          30 * * * *   | Europe/Berlin | 2026-03-29T00:00:00Z | 2026-03-29T00:30:00Z 2026-03-29T01:30:00Z 2026-03-29T02:30:00Z
          * * * * *    | Europe/Berlin | 2026-03-29T00:58:30Z | 2026-03-29T00:59:00Z 2026-03-29T01:00:00Z 2026-03-29T01:01:00Z
          15 2 * * *   | America/New_York | 2026-03-07T12:00:00Z | 2026-03-08T07:00:00Z 2026-03-09T06:15:00Z
          15 2 * * *   | Australia/Lord_Howe | 2026-10-03T00:00:00Z | 2026-10-03T15:30:00Z 2026-10-04T15:15:00Z
          45 2 * * *   | Australia/Lord_Howe | 2026-10-03T00:00:00Z | 2026-10-03T15:45:00Z 2026-10-04T15:45:00Z
          15,45 * * * * | Australia/Lord_Howe | 2026-10-03T15:00:00Z | 2026-10-03T15:15:00Z 2026-10-03T15:45:00Z 2026-10-03T16:15:00Z
          0 12 * * *   | Pacific/Apia | 2011-12-29T23:00:00Z | 2011-12-30T10:00:00Z 2011-12-30T22:00:00Z
          """)
  void tickInAGap_comesOnceAfterIt(String cron, String zone, String time, String expected) {
    Instant[] times = times(expected);

    assertThat(ticksAfter(cron, zone, time, times.length)).containsExactly(times);
  }

  /// Clocks are set back: Berlin from 03:00 to 02:00 at 01:00 UTC, New York from 02:00 to 01:00 at
  /// 06:00 UTC, Lord Howe from 02:00 to 01:30 at 15:00 UTC of the day before.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          30 2 * * *   | Europe/Berlin | 2026-10-24T12:00:00Z | 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z
          0 3 * * *    | Europe/Berlin | 2026-10-24T12:00:00Z | 2026-10-25T02:00:00Z 2026-10-26T02:00:00Z
          30 2 * * *   | Europe/Berlin | 2026-10-25T01:10:00Z | 2026-10-26T01:30:00Z
          */30 2 * * * | Europe/Berlin | 2026-10-24T12:00:00Z | 2026-10-25T00:00:00Z 2026-10-25T00:30:00Z 2026-10-26T01:00:00Z
          0 */2 * * *  | Europe/Berlin | 2026-10-24T22:00:00Z | 2026-10-25T00:00:00Z 2026-10-25T03:00:00Z
          30 * * * *   | Europe/Berlin | 2026-10-24T23:30:00Z | 2026-10-25T00:30:00Z 2026-10-25T01:30:00Z 2026-10-25T02:30:00Z
          * * * * *    | Europe/Berlin | 2026-10-25T00:58:30Z | 2026-10-25T00:59:00Z 2026-10-25T01:00:00Z 2026-10-25T01:01:00Z
          30 1 * * *   | America/New_York | 2026-10-31T12:00:00Z | 2026-11-01T05:30:00Z 2026-11-02T06:30:00Z
          45 1 * * *   | Australia/Lord_Howe | 2026-04-04T00:00:00Z | 2026-04-04T14:45:00Z 2026-04-05T15:15:00Z
          45 * * * *   | Australia/Lord_Howe | 2026-04-04T14:00:00Z | 2026-04-04T14:45:00Z 2026-04-04T15:15:00Z 2026-04-04T16:15:00Z
          """)
  void tickInAnOverlap_comesOnceUnlessItIsHourly(
      String cron, String zone, String time, String expected) {
    Instant[] times = times(expected);

    assertThat(ticksAfter(cron, zone, time, times.length)).containsExactly(times);
  }

  @Test
  void expressionWithoutFurtherTicks_ends() {
    assertThat(ticks("0 0 1 1 *", "UTC").after(Instant.parse("2099-06-01T00:00:00Z"))).isEmpty();
    assertThat(ticks("* * * * *", "UTC").after(Instant.parse("2099-12-31T23:59:00Z"))).isEmpty();
    assertThat(ticks("* * * * *", "UTC").after(Instant.parse("2200-01-01T00:00:00Z"))).isEmpty();
  }

  /// An expression of every minute follows elapsed time, in every zone whose offset is in whole
  /// minutes.
  @Property(tries = 200)
  void everyMinute_hasATickInEachMinute(
      @ForAll @LongRange(min = 0, max = 4_000_000_000L) long second, @ForAll @IntRange int zone) {
    var zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
    Ticks ticks = ticks("* * * * *", zones.get(Math.floorMod(zone, zones.size())));
    Instant time = Instant.ofEpochSecond(second);

    Duration wait = Duration.between(time, ticks.after(time).orElseThrow());

    assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(2));
  }

  /// From one moment to the next, the next tick never becomes an earlier one.
  @Property(tries = 300)
  void laterTime_neverHasAnEarlierTick(
      @ForAll @LongRange(min = 1_700_000_000L, max = 1_900_000_000L) long second,
      @ForAll @IntRange(min = 1, max = 200_000) int later) {
    for (String cron : new String[] {"30 2 * * *", "*/15 1-3 * * *", "45 * * * *"}) {
      Ticks ticks = ticks(cron, "Australia/Lord_Howe");
      Instant time = Instant.ofEpochSecond(second);
      Instant first = ticks.after(time).orElseThrow();
      Instant second2 = ticks.after(time.plusSeconds(later)).orElseThrow();

      assertThat(first).isAfter(time).isBeforeOrEqualTo(second2);
    }
  }
}
