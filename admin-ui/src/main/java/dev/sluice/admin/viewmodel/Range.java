package dev.sluice.admin.viewmodel;

import java.time.Duration;

/// Time range of the charts.
///
/// Steps are the shortest that the service keeps for the range, or that give at most 300 points.
public enum Range {
  FIVE_MINUTES("5 min", Duration.ofMinutes(5), "-5m", "10s", Duration.ofSeconds(5)),
  HOUR("1 h", Duration.ofHours(1), "-1h", "20s", Duration.ofSeconds(10)),
  DAY("24 h", Duration.ofDays(1), "-24h", "5m", Duration.ofMinutes(1)),
  WEEK("7 d", Duration.ofDays(7), "-7d", "40m", Duration.ofMinutes(5));

  private final String title;
  private final Duration length;
  private final String from;
  private final String step;
  private final Duration pace;

  Range(String title, Duration length, String from, String step, Duration pace) {
    this.title = title;
    this.length = length;
    this.from = from;
    this.step = step;
    this.pace = pace;
  }

  /// Returns the label of the button.
  public String title() {
    return title;
  }

  public Duration length() {
    return length;
  }

  String from() {
    return from;
  }

  String step() {
    return step;
  }

  /// Returns how often to poll for new points.
  Duration pace() {
    return pace;
  }
}
