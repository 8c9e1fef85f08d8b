package dev.sluice.adapter.http.route;

import dev.sluice.application.stream.ChangeLog;

/// The limits of a client per turn: the more clients, the less each, so that all together cost the
/// service little. Rates that people can follow are not affected.
///
/// @param looks most changes to scan
/// @param sends most changes to send
record StreamPace(int looks, int sends) {

  private static final int ALL_LOOKS = 250_000;
  private static final int FEWEST_LOOKS = 500;
  private static final int ALL_SENDS = 10_000;
  private static final int FEWEST_SENDS = 20;
  private static final int MOST_SENDS = 200;

  /// Returns the limits of each client.
  ///
  /// @param choosesAll whether the client wants all changes, so that none need be filtered
  static StreamPace of(int clients, boolean choosesAll) {
    int sharers = Math.max(1, clients);
    int sends = Math.clamp(ALL_SENDS / sharers, FEWEST_SENDS, MOST_SENDS);
    int looks = Math.clamp(ALL_LOOKS / sharers, FEWEST_LOOKS, ChangeLog.CAPACITY);
    return new StreamPace(choosesAll ? sends : looks, sends);
  }
}
