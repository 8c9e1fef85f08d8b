package dev.sluice.format.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A cron expression with five fields, and the local times that it means. Each number has a bit for
/// each value of the field.
///
/// @param isDayOrWeekday whether both fields of days are limited: then a day that matches either
///   matches, as in POSIX
record CronExpression(
    long minutes, long hours, long days, long months, long weekdays, boolean isDayOrWeekday) {

  private static final String ALL = "*";
  private static final int FIELDS = 5;
  private static final int HOURS = 24;
  private static final int MINUTES = 60;
  private static final long EVERY_HOUR = (1L << HOURS) - 1;

  private static final Map<String, String> SHORT_FORMS =
      Map.of(
          "@hourly", "0 * * * *",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@weekly", "0 0 * * 0",
          "@monthly", "0 0 1 * *",
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *");

  /// Parses an expression.
  ///
  /// @throws MalformedCronException when it is not valid
  static CronExpression parse(String text) {
    List<String> fields = fields(expand(text.strip()));
    if (fields.size() != FIELDS) {
      throw new MalformedCronException(
          "must have five fields, such as \"30 2 * * MON-FRI\": minute, hour, day of month, month,"
              + " day of week; it has "
              + fields.size());
    }
    String day = fields.get(2);
    String weekday = fields.get(4);
    return new CronExpression(
        CronField.MINUTE.parse(fields.get(0)),
        CronField.HOUR.parse(fields.get(1)),
        CronField.DAY.parse(day),
        CronField.MONTH.parse(fields.get(3)),
        withSunday(CronField.WEEKDAY.parse(weekday)),
        !day.equals(ALL) && !weekday.equals(ALL));
  }

  private static String expand(String text) {
    if (!text.startsWith("@")) {
      return text;
    }
    String expanded = SHORT_FORMS.get(text.toLowerCase(Locale.ROOT));
    if (expanded == null) {
      throw new MalformedCronException(
          "must be five fields or one of "
              + String.join(", ", SHORT_FORMS.keySet().stream().sorted().toList()));
    }
    return expanded;
  }

  private static List<String> fields(String text) {
    List<String> fields = new ArrayList<>();
    int start = 0;
    for (int at = 0; at <= text.length(); at++) {
      if (at == text.length() || text.charAt(at) == ' ' || text.charAt(at) == '\t') {
        if (at > start) {
          fields.add(text.substring(start, at));
        }
        start = at + 1;
      }
    }
    return fields;
  }

  /// Sunday is written as 0 or 7; java.time has it as 7.
  private static long withSunday(long weekdays) {
    int sunday = DayOfWeek.SUNDAY.getValue();
    return (weekdays & 1) == 0 ? weekdays : weekdays | (1L << sunday);
  }

  /// Returns whether it has ticks in every hour of a day. They follow elapsed time then: no hour
  /// may be left out, or be without ticks.
  boolean isHourly() {
    return hours == EVERY_HOUR;
  }

  /// Returns the first local time that matches, from `from` on.
  ///
  /// @param end the search ends before this day
  Optional<LocalDateTime> next(LocalDateTime from, LocalDate end) {
    LocalDate date = from.toLocalDate();
    LocalTime time = from.toLocalTime();
    while (date.isBefore(end)) {
      if (!has(months, date.getMonthValue())) {
        date = date.withDayOfMonth(1).plusMonths(1);
      } else {
        Optional<LocalTime> found = matches(date) ? next(time) : Optional.empty();
        if (found.isPresent()) {
          return Optional.of(date.atTime(found.get()));
        }
        date = date.plusDays(1);
      }
      time = LocalTime.MIDNIGHT;
    }
    return Optional.empty();
  }

  private boolean matches(LocalDate date) {
    boolean matchesDay = has(days, date.getDayOfMonth());
    boolean matchesWeekday = has(weekdays, date.getDayOfWeek().getValue());
    return isDayOrWeekday ? matchesDay || matchesWeekday : matchesDay && matchesWeekday;
  }

  private Optional<LocalTime> next(LocalTime from) {
    int minute = from.equals(LocalTime.of(from.getHour(), from.getMinute())) ? 0 : 1;
    minute += from.getMinute();
    for (int hour = from.getHour(); hour < HOURS; hour++) {
      for (; has(hours, hour) && minute < MINUTES; minute++) {
        if (has(minutes, minute)) {
          return Optional.of(LocalTime.of(hour, minute));
        }
      }
      minute = 0;
    }
    return Optional.empty();
  }

  private static boolean has(long values, int value) {
    return (values >> value & 1) != 0;
  }
}
