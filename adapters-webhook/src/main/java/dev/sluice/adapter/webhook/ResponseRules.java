package dev.sluice.adapter.webhook;

import java.time.Duration;
import java.util.Set;

/// What a subscription says about responses.
///
/// @param ownDelay how long the subscription's retry policy would wait before the next attempt
/// @param permanentStatuses statuses after which no retry is made
record ResponseRules(Duration ownDelay, Set<Integer> permanentStatuses) {

  /// The receiver cannot process these bytes, now or later: not acceptable, too large, media type
  /// not supported, not implemented.
  static final Set<Integer> PERMANENT = Set.of(406, 413, 415, 501);

  ResponseRules {
    permanentStatuses = Set.copyOf(permanentStatuses);
    if (ownDelay.isNegative()) {
      throw new IllegalArgumentException("A delay is not negative: " + ownDelay);
    }
  }
}
