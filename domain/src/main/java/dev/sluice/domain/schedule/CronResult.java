package dev.sluice.domain.schedule;

/// The result of reading a cron expression.
public sealed interface CronResult {

  /// It is understood.
  record Valid(Ticks ticks) implements CronResult {}

  /// It is not.
  ///
  /// @param detail what is wrong, and how to fix it
  record Invalid(String detail) implements CronResult {}
}
