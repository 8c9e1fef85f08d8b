package dev.sluice.application.operate;

import java.util.Locale;
import java.util.Optional;

/// What an operator can do with a lane.
public enum LaneAction {
  /// Attempts the head again at once: a dead letter that blocks the lane is replayed, and a head
  /// that waits for its next attempt is due now.
  RETRY,
  /// Gives the head up, so that the next delivery follows: a dead letter that blocks the lane is
  /// discarded, and a waiting head is cancelled.
  SKIP,
  /// Lets a blocked lane continue without its dead letter, which stays.
  UNBLOCK;

  /// Returns the name in the API, in lower case.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Returns the action with this name in the API.
  public static Optional<LaneAction> ofWireName(String name) {
    for (LaneAction action : values()) {
      if (action.wireName().equals(name)) {
        return Optional.of(action);
      }
    }
    return Optional.empty();
  }
}
