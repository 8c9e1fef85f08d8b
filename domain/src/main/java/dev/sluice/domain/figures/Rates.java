package dev.sluice.domain.figures;

import java.time.Duration;

/// How often things happen per second, on average over a window.
///
/// @param name how far it looks back, such as `10s`; less far while the node is younger
public record Rates(String name, double accepted, double completed, double failed, double retried) {

  /// What `happened` within `elapsed` comes to per second; less than a second counts as one.
  public static Rates over(String name, Duration elapsed, Totals happened) {
    double seconds = Math.max(1.0, elapsed.toNanos() / 1e9);
    return new Rates(
        name,
        happened.accepted() / seconds,
        happened.completed() / seconds,
        happened.failed() / seconds,
        happened.retried() / seconds);
  }

  /// What happens here and there.
  public Rates plus(Rates other) {
    return new Rates(
        name,
        accepted + other.accepted,
        completed + other.completed,
        failed + other.failed,
        retried + other.retried);
  }
}
