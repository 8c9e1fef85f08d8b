package dev.sluice.format.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.schedule.CronResult;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which expressions are understood, and what is said about the others.
final class UnixCronFormatTest {

  private static CronResult read(String cron) {
    return new UnixCronFormat().read(cron, ZoneOffset.UTC);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* * * * *",
        "  0\t12  *  *  * ",
        "0-59/15,7 0 1 JAN-mar,dec mon",
        "00 01 01 01 00",
        "0 0 1-31/2 * *",
        "@Hourly",
        "@midnight",
        "@annually"
      })
  void validExpression_isUnderstood(String cron) {
    assertThat(read(cron)).isInstanceOf(CronResult.Valid.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''            | five fields
          * * * *       | it has 4
          0 * * * * *   | it has 6
          60 * * * *    | minute "60": a value must be 0 to 59
          0 24 * * *    | hour "24": a value must be 0 to 23
          0 0 0 * *     | day of month "0": a value must be 1 to 31
          0 0 1 13 *    | month "13": a value must be 1 to 12, or JAN to DEC
          0 0 * * 8     | day of week "8": a value must be 0 to 7, or SUN to SAT
          0 0 * * MONDAY | day of week "MONDAY"
          5/10 * * * *  | a step needs * or a range
          */0 * * * *   | a step must be 1 to 59
          */99 * * * *  | a step must be 1 to 59
          20-10 * * * * | must not end before it begins
          1, * * * *    | minute ""
          -5 * * * *    | minute "-5"
          1-2-3 * * * * | minute "1-2-3"
          999999999999 * * * * | minute "999999999999"
          L * * * *     | minute "L"
          0 0 30 2 *    | matches no day
          @reboot       | one of @annually, @daily, @hourly
          """)
  void otherExpression_isRefusedWithAReason(String cron, String reason) {
    assertThat(read(cron))
        .isInstanceOfSatisfying(
            CronResult.Invalid.class, invalid -> assertThat(invalid.detail()).contains(reason));
  }
}
