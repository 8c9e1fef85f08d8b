package dev.sluice.format.schedule;

import java.util.List;
import java.util.Locale;

/// One of the five fields of a cron expression: which values it may have, and how they are written.
///
/// @param title what it is called in messages
/// @param least its smallest value
/// @param most its greatest value
/// @param names names of the values from `least` on; empty when there are none
record CronField(String title, int least, int most, List<String> names) {

  static final CronField MINUTE = new CronField("minute", 0, 59, List.of());
  static final CronField HOUR = new CronField("hour", 0, 23, List.of());
  static final CronField DAY = new CronField("day of month", 1, 31, List.of());
  static final CronField MONTH =
      new CronField(
          "month",
          1,
          12,
          List.of(
              "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"));

  /// Sunday is 0 and 7.
  static final CronField WEEKDAY =
      new CronField("day of week", 0, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

  private static final String ALL = "*";

  /// Longer numbers would not fit into any field.
  private static final int MAX_DIGITS = 2;

  /// Parses the text of this field.
  ///
  /// @return a bit for each value
  /// @throws MalformedCronException when it is not valid
  long parse(String text) {
    long values = 0;
    for (String item : text.split(",", -1)) {
      values |= item(item);
    }
    return values;
  }

  private long item(String item) {
    int slash = item.indexOf('/');
    String range = slash < 0 ? item : item.substring(0, slash);
    int dash = range.indexOf('-');
    boolean isRange = range.equals(ALL) || dash >= 0;
    if (slash >= 0 && !isRange) {
      throw problem(item, "a step needs * or a range before it, such as */5 or 10-50/5");
    }
    int step = slash < 0 ? 1 : step(item, item.substring(slash + 1));
    if (range.equals(ALL)) {
      return values(least, most, step);
    }
    if (dash < 0) {
      return 1L << value(item, range);
    }
    int first = value(item, range.substring(0, dash));
    int last = value(item, range.substring(dash + 1));
    if (first > last) {
      throw problem(item, "a range must not end before it begins");
    }
    return values(first, last, step);
  }

  private static long values(int first, int last, int step) {
    long values = 0;
    for (int value = first; value <= last; value += step) {
      values |= 1L << value;
    }
    return values;
  }

  private int step(String item, String text) {
    int step = number(text);
    if (step < 1 || step > most) {
      throw problem(item, "a step must be 1 to " + most);
    }
    return step;
  }

  private int value(String item, String text) {
    int named = names.indexOf(text.toUpperCase(Locale.ROOT));
    int value = named < 0 ? number(text) : least + named;
    if (value < least || value > most) {
      String orNames = names.isEmpty() ? "" : ", or " + names.getFirst() + " to " + names.getLast();
      throw problem(item, "a value must be " + least + " to " + most + orNames);
    }
    return value;
  }

  /// Returns the number; -1 for other texts.
  private static int number(String text) {
    boolean isNumber =
        !text.isEmpty()
            && text.length() <= MAX_DIGITS
            && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    return isNumber ? Integer.parseInt(text) : -1;
  }

  private MalformedCronException problem(String item, String rule) {
    return new MalformedCronException("has a wrong " + title + " \"" + item + "\": " + rule);
  }
}
