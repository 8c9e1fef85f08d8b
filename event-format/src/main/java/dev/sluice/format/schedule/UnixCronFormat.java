package dev.sluice.format.schedule;

import dev.sluice.domain.schedule.CronFormat;
import dev.sluice.domain.schedule.CronResult;
import java.time.ZoneId;

/// Cron expressions with five fields, as in POSIX, with names, steps and short forms such as
/// `@daily`.
public final class UnixCronFormat implements CronFormat {

  private static final String RULE =
      "must have five fields, such as \"30 2 * * MON-FRI\": minute, hour, day of month, month, day of"
          + " week; or be a short form such as @daily: ";

  /// Precedes what the library says.
  private static final String PREFIX = "Failed to parse cron expression. ";

  @Override
  public CronResult read(String cron, ZoneId zone) {
    try {
      CronExpression expression = CronExpression.parse(cron);
      return expression.matchesNoDay()
          ? new CronResult.Invalid("matches no day: no year has such a date")
          : new CronResult.Valid(new CronTicks(expression, zone));
    } catch (IllegalArgumentException e) {
      return new CronResult.Invalid(RULE + String.valueOf(e.getMessage()).replace(PREFIX, ""));
    } catch (RuntimeException e) {
      // The parser fails in other ways on some malformed texts, such as "2-5/".
      return new CronResult.Invalid(RULE + "a part of it is malformed");
    }
  }
}
