package dev.sluice.admin.model;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Formats numbers and times in the same way everywhere.
public final class Texts {

  /// Thousands separator: a narrow no-break space.
  private static final char THIN = '\u202f';

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("MMM d HH:mm:ss", Locale.ENGLISH);
  private static final DateTimeFormatter FULL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

  private Texts() {}

  /// Formats a whole number.
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number).replace(',', THIN);
  }

  /// Formats a rate with a useful number of decimals.
  public static String rate(double perSecond) {
    if (perSecond >= 100) {
      return count(Math.round(perSecond));
    }
    String text = String.format(Locale.ROOT, perSecond >= 10 ? "%.1f" : "%.2f", perSecond);
    return text.equals("0.00") ? "0" : text;
  }

  /// Formats seconds in a suitable unit.
  public static String seconds(double seconds) {
    if (seconds < 0.001) {
      return seconds <= 0 ? "0 ms" : "< 1 ms";
    }
    if (seconds < 0.1) {
      return String.format(Locale.ROOT, "%.1f ms", seconds * 1_000);
    }
    if (seconds < 1) {
      return String.format(Locale.ROOT, "%.0f ms", seconds * 1_000);
    }
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.2f s", seconds);
    }
    return duration(Duration.ofSeconds(Math.round(seconds)));
  }

  /// Formats a duration in its two largest units.
  public static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 1) {
      return duration.toMillis() + " ms";
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3_600) {
      return two(seconds / 60, "min", seconds % 60, "s");
    }
    if (seconds < 86_400) {
      return two(seconds / 3_600, "h", seconds % 3_600 / 60, "min");
    }
    return two(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
  }

  private static String two(long large, String unit, long small, String smallUnit) {
    return large + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }

  /// Formats how long ago a time was, or how far ahead it is; "now" within one second.
  public static String distance(Instant time, Instant now) {
    if (Duration.between(time, now).abs().toSeconds() == 0) {
      return "now";
    }
    return time.isAfter(now)
        ? "in " + duration(Duration.between(now, time))
        : duration(Duration.between(time, now)) + " ago";
  }

  /// Formats a time for a table, without the date if it is today.
  public static String time(Instant time, Instant now, ZoneId zone) {
    var there = time.atZone(zone);
    boolean today = there.toLocalDate().equals(now.atZone(zone).toLocalDate());
    return (today ? TIME : DATE).format(there);
  }

  /// Formats a time to the second, without the date if it is today.
  public static String clock(Instant time, Instant now, ZoneId zone) {
    var there = time.atZone(zone);
    boolean today = there.toLocalDate().equals(now.atZone(zone).toLocalDate());
    return (today ? CLOCK : DATE).format(there);
  }

  /// Formats a time with date, milliseconds and time zone.
  public static String fullTime(Instant time, ZoneId zone) {
    boolean utc = zone.normalized().equals(ZoneOffset.UTC);
    return FULL.format(time.atZone(zone)) + ' ' + (utc ? "UTC" : zone.getId());
  }
}
