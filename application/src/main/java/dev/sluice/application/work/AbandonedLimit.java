package dev.sluice.application.work;

import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.time.TimeLimit;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Limits how many deliveries whose last attempt was abandoned may be in progress on this node at
/// once.
///
/// One of them may be what killed its worker. So a node starts with one, and allows one more for
/// each that finished, or ran for a second, and left the node alive: harmless ones are soon
/// through. A delivery that is abandoned again under this limit is a suspect, and runs with none of
/// the others.
final class AbandonedLimit {

  /// A delivery that kills its worker mostly does so at once.
  static final Duration PROVEN_AFTER = Duration.ofSeconds(1);

  /// How often to look for deliveries that another node reclaimed: each look costs a round trip to
  /// the storage.
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /// How long after this node reclaimed some the last of them is due.
  private static final Duration AFTER_SWEEP = Duration.ofSeconds(1);

  /// The longest wait for other work while there are abandoned deliveries.
  private static final Duration SHORT_WAIT = Duration.ofMillis(100);

  private final int most;
  private final TimeSource time;

  /// Written by the thread that reclaims.
  private volatile TimeLimit expected;

  /// Used by the dispatcher alone, as is the next field.
  private final NextRun nextLook;

  private boolean foundSome;

  /// Guarded by this object's monitor, as are the next two fields.
  private int allowed = 1;

  private int inWork;
  private boolean isSuspectInWork;

  /// @param most maximum at once, however many came through
  AbandonedLimit(int most, TimeSource time) {
    this.most = most;
    this.time = time;
    this.expected = TimeLimit.of(time, Duration.ZERO);
    this.nextLook = new NextRun(time);
  }

  /// Whether the last attempt was abandoned although it ran apart from most others.
  static boolean isSuspect(Claim claim) {
    return claim.isAfterAbandonment() && claim.attempts().spent() > 1;
  }

  /// Records that this node has reclaimed some; they are due soon.
  void expectSome() {
    expected = TimeLimit.of(time, AFTER_SWEEP);
  }

  /// How many may be claimed now, with `slots` free slots.
  int mayClaim(int slots) {
    boolean isWorthALook = nextLook.isDue() || !expected.isOver();
    return isWorthALook ? Math.min(slots, room()) : 0;
  }

  private synchronized int room() {
    return isSuspectInWork ? 0 : Math.max(0, allowed - inWork);
  }

  /// Admits claimed deliveries as far as the limit goes.
  ///
  /// @return those that may start; the others must be handed back
  List<Claim> admit(List<Claim> claims) {
    foundSome = !claims.isEmpty();
    nextLook.in(foundSome ? Duration.ZERO : LOOK_EVERY);
    return foundSome ? admitted(claims) : claims;
  }

  private synchronized List<Claim> admitted(List<Claim> claims) {
    var admitted = new ArrayList<Claim>();
    for (Claim claim : claims) {
      boolean isFirst = inWork == 0;
      if (isSuspect(claim)) {
        // It waits until the others have finished.
        allowed = 1;
        isSuspectInWork |= isFirst;
      }
      if (isFirst || (!isSuspect(claim) && inWork < allowed && !isSuspectInWork)) {
        admitted.add(claim);
        inWork++;
      }
    }
    return admitted;
  }

  /// Shortens the wait for other work, so that abandoned deliveries do not wait for long.
  Duration shorten(Duration wait) {
    return foundSome || !expected.isOver() || isAnyInWork() ? SHORT_WAIT : wait;
  }

  private synchronized boolean isAnyInWork() {
    return inWork > 0;
  }

  /// Records that one of them has left the node alive.
  synchronized void proven() {
    if (allowed < most && !isSuspectInWork) {
      allowed++;
    }
  }

  /// Records that one of them is no longer in progress.
  synchronized void ended() {
    inWork--;
    isSuspectInWork = false;
  }
}
