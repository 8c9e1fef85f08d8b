package dev.sluice.format.schedule;

import dev.sluice.domain.schedule.CronFormat;
import dev.sluice.domain.schedule.CronResult;
import java.time.Instant;
import java.time.ZoneId;

/// Cron expressions with five fields, as in POSIX, with names, steps and short forms such as
/// `@daily`.
public final class UnixCronFormat implements CronFormat {

  @Override
  public CronResult read(String cron, ZoneId zone) {
    try {
      var ticks = new CronTicks(CronExpression.parse(cron), zone);
      return ticks.after(Instant.EPOCH).isEmpty()
          ? new CronResult.Invalid("matches no day: no year has such a date")
          : new CronResult.Valid(ticks);
    } catch (MalformedCronException e) {
      return new CronResult.Invalid(e.detail());
    }
  }
}
