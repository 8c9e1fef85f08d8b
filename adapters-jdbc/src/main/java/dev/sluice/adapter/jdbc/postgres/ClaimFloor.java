package dev.sluice.adapter.jdbc.postgres;

import java.time.Duration;

/// From where on to look for due deliveries. The index by time begins with entries of deliveries
/// that are gone, up to a million after a busy minute, until the server cleans it up; walking over
/// them each time would make claims several times as slow. So most claims begin a little before
/// where the last whole look found something. What comes in later is due later, but for deliveries
/// that were handed back or put back and for transactions that took long: the next whole look finds
/// those.
final class ClaimFloor {

  private static final long NOWHERE = Long.MIN_VALUE;
  private static final long BETWEEN_WHOLE_LOOKS = Duration.ofSeconds(1).toNanos();

  /// New deliveries are due when their transaction began, and seen when it ends.
  private static final long LONGEST_APPEND = Duration.ofSeconds(1).toNanos();

  private long floor = NOWHERE;
  private long lastWholeLook;

  /// Since when deliveries must be due to be looked for.
  synchronized long get() {
    if (System.nanoTime() - lastWholeLook > BETWEEN_WHOLE_LOOKS) {
      floor = NOWHERE;
    }
    return floor;
  }

  /// The first delivery that was found from `from` on has been due since `due`.
  synchronized void found(long from, long due) {
    if (from == NOWHERE) {
      floor = due - LONGEST_APPEND;
      lastWholeLook = System.nanoTime();
    }
  }

  /// Nothing was found: there is time for a whole look.
  synchronized void foundNothing() {
    floor = NOWHERE;
  }

  /// Deliveries were put where nobody looks: the next look is a whole one.
  synchronized void lookEverywhere() {
    floor = NOWHERE;
  }
}
