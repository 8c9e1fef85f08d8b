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
          * * * *       | 4 parts
          0 * * * * *   | 6 parts
          60 * * * *    | 60 not in range [0, 59]
          0 24 * * *    | 24 not in range [0, 23]
          0 0 0 * *     | 0 not in range [1, 31]
          0 0 1 13 *    | 13 not in range [1, 12]
          0 0 * * 8     | 8 not in range [0, 7]
          0 0 * * MONDAY | MONDAY
          */0 * * * *   | 0 not in range [0, 59]
          */99 * * * *  | 99 not in range [0, 59]
          20-10 * * * * | [20,10]
          1, * * * *    | Trailing commas
          -5 * * * *    | -5
          1-2-3 * * * * | 1-2-3
          999999999999 * * * * | 999999999999
          L * * * *     | L
          0 0 30 2 *    | matches no day
          @reboot       | @reboot
          """)
  void otherExpression_isRefusedWithAReason(String cron, String reason) {
    assertThat(read(cron))
        .isInstanceOfSatisfying(
            CronResult.Invalid.class, invalid -> assertThat(invalid.detail()).contains(reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "|",
        "||",
        "* * * * *|",
        "0|30 1|2 * * *",
        "0 1 * * *||0 2 * * *",
        "2-5/ 0 1 1 0",
        "- - - - -",
        "/ / / / /",
        ", , , , ,",
        "\u0000 * * * *",
        "1-/ * * * *",
        "-/-/- * * * *"
      })
  void hostileExpression_isRefusedWithTheRule(String cron) {
    assertThat(read(cron))
        .isInstanceOfSatisfying(
            CronResult.Invalid.class,
            invalid -> assertThat(invalid.detail()).startsWith("must have five fields"));
  }
}
