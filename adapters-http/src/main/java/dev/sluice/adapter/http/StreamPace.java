package dev.sluice.adapter.http;

import dev.sluice.application.stream.ChangeLog;

/// How much a client is shown in a turn: the more clients, the less each, so that all together cost
/// the service little. What people can follow it does not touch.
///
/// @param looks most changes that are looked at
/// @param sends most changes that are sent
record StreamPace(int looks, int sends) {

  private static final int ALL_LOOKS = 500_000;
  private static final int FEWEST_LOOKS = 1_000;
  private static final int ALL_SENDS = 10_000;
  private static final int FEWEST_SENDS = 20;
  private static final int MOST_SENDS = 200;

  /// The pace of each of so many clients.
  static StreamPace of(int clients) {
    int sharers = Math.max(1, clients);
    return new StreamPace(
        Math.clamp(ALL_LOOKS / sharers, FEWEST_LOOKS, ChangeLog.CAPACITY),
        Math.clamp(ALL_SENDS / sharers, FEWEST_SENDS, MOST_SENDS));
  }
}
