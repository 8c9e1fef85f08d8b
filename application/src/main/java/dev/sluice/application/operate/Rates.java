package dev.sluice.application.operate;

import java.time.Duration;

/// How often things happen per second, on average over a window.
///
/// @param window how far it looks back; shorter while the node is younger
public record Rates(
    Duration window, double accepted, double completed, double failed, double retried) {

  static Rates over(Duration window, Totals happened) {
    double seconds = Math.max(1.0, window.toNanos() / 1e9);
    return new Rates(
        window,
        happened.accepted() / seconds,
        happened.completed() / seconds,
        happened.failed() / seconds,
        happened.retried() / seconds);
  }
}
