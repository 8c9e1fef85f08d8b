package dev.sluice.format.schedule;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.expression.Always;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;

/// A cron expression with five fields, and the local times that it means. If both fields of days
/// are limited, a day that matches either matches, as in POSIX.
///
/// @param isHourly whether the field of hours is `*`, so that it has ticks in every hour
/// @param times finds the local times, which it gets as times in UTC: its own handling of changes
///   of clocks leaves out the times that do not exist
record CronExpression(boolean isHourly, ExecutionTime times) {

  /// Separates the parts of several expressions in one, which the library would read.
  private static final String ALTERNATIVE = "|";

  private static final CronDefinition DEFINITION = definition();

  private static CronDefinition definition() {
    return CronDefinitionBuilder.defineCron()
        .withMinutes()
        .withStrictRange()
        .and()
        .withHours()
        .withStrictRange()
        .and()
        .withDayOfMonth()
        .withStrictRange()
        .and()
        .withMonth()
        .withStrictRange()
        .and()
        .withDayOfWeek()
        .withValidRange(0, 7)
        .withMondayDoWValue(1)
        .withIntMapping(7, 0)
        .withStrictRange()
        .and()
        .withSupportedNicknameHourly()
        .withSupportedNicknameDaily()
        .withSupportedNicknameMidnight()
        .withSupportedNicknameWeekly()
        .withSupportedNicknameMonthly()
        .withSupportedNicknameYearly()
        .withSupportedNicknameAnnually()
        .instance();
  }

  /// Parses an expression.
  ///
  /// @throws IllegalArgumentException when it is not valid
  static CronExpression parse(String text) {
    String stripped = text.strip();
    if (stripped.contains(ALTERNATIVE)) {
      throw new IllegalArgumentException("Several expressions in one are not supported");
    }
    boolean isShortForm = stripped.startsWith("@");
    Cron cron =
        new CronParser(DEFINITION)
            .parse(isShortForm ? stripped.toLowerCase(Locale.ROOT) : stripped);
    boolean isHourly = cron.retrieve(CronFieldName.HOUR).getExpression() instanceof Always;
    return new CronExpression(isHourly, ExecutionTime.forCron(cron));
  }

  boolean matchesNoDay() {
    return times.nextExecution(Instant.EPOCH.atZone(ZoneOffset.UTC)).isEmpty();
  }

  /// Returns the first local time that matches, from `from` on.
  ///
  /// @param end the first day on which none is looked for
  Optional<LocalDateTime> next(LocalDateTime from, LocalDate end) {
    return times
        .nextExecution(from.minusNanos(1).atZone(ZoneOffset.UTC))
        .map(ZonedDateTime::toLocalDateTime)
        .filter(found -> found.toLocalDate().isBefore(end));
  }
}
