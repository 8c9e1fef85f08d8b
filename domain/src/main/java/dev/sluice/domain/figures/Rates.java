package dev.sluice.domain.figures;

import java.time.Duration;

/// How often things happen per second, on average over a window.
///
/// @param name the window, such as `10s`; it is shorter while the node is younger than that
public record Rates(String name, double accepted, double completed, double failed, double retried) {

  /// Returns the rates of what `happened` within `elapsed`; less than a second counts as one.
  public static Rates over(String name, Duration elapsed, Totals happened) {
    double seconds = Math.max(1.0, elapsed.toNanos() / 1e9);
    return new Rates(
        name,
        happened.accepted() / seconds,
        happened.completed() / seconds,
        happened.failed() / seconds,
        happened.retried() / seconds);
  }

  /// Returns the sum of both.
  public Rates plus(Rates other) {
    return new Rates(
        name,
        accepted + other.accepted,
        completed + other.completed,
        failed + other.failed,
        retried + other.retried);
  }
}
