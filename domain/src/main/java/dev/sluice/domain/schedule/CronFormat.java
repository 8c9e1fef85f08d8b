package dev.sluice.domain.schedule;

import java.time.ZoneId;

/// Reads cron expressions. Used by many threads.
public interface CronFormat {

  /// Reads an expression. It never throws: another version of the service, which understands more
  /// or less, may have stored it.
  ///
  /// @param zone whose local time it means
  CronResult read(String cron, ZoneId zone);
}
