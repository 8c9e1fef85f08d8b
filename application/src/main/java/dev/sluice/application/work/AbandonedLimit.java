package dev.sluice.application.work;

import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.time.TimeLimit;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How many deliveries whose last attempt was abandoned may be in work on this node at once.
///
/// One of them may be what ended its worker. So a node begins with one, and takes one more for each
/// that came to an end, or ran for a second, and left the node alive: innocent ones are soon
/// through. One that was abandoned among these again is a suspect, and runs with none of the
/// others.
final class AbandonedLimit {

  /// What ends its worker mostly does so at once.
  static final Duration PROVEN_AFTER = Duration.ofSeconds(1);

  /// How often it is worth looking whether another node found some: each look costs the storage a
  /// trip.
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /// How long after a sweep of this node the last of them is due.
  private static final Duration AFTER_SWEEP = Duration.ofSeconds(1);

  /// How long other work is waited for while there are some.
  private static final Duration SHORT_WAIT = Duration.ofMillis(100);

  private final int most;
  private final TimeSource time;

  /// Written by the sweep.
  private volatile TimeLimit expected;

  /// Used by the dispatcher alone, as is the next one.
  private final NextRun nextLook;

  private boolean foundSome;

  /// Guarded by this object's monitor, as are the next two.
  private int allowed = 1;

  private int inWork;
  private boolean isSuspectInWork;

  /// @param most at once, however many came through
  AbandonedLimit(int most, TimeSource time) {
    this.most = most;
    this.time = time;
    this.expected = TimeLimit.of(time, Duration.ZERO);
    this.nextLook = new NextRun(time);
  }

  /// Whether the attempt before this one ran apart from most others and was abandoned all the same.
  static boolean isSuspect(Claim claim) {
    return claim.isAfterAbandonment() && claim.attempts().spent() > 1;
  }

  /// This node found some whose worker went silent; they are due soon.
  void expectSome() {
    expected = TimeLimit.of(time, AFTER_SWEEP);
  }

  /// How many may be claimed now, of `slots` that are free.
  int mayClaim(int slots) {
    boolean isWorthALook = nextLook.isDue() || !expected.isOver();
    return isWorthALook ? Math.min(slots, room()) : 0;
  }

  private synchronized int room() {
    return isSuspectInWork ? 0 : Math.max(0, allowed - inWork);
  }

  /// These were there to be claimed.
  ///
  /// @return those that may begin; the others are to be handed back
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
        // It waits until the others have come through.
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

  /// How long to wait for other work at most, so that these do not wait for long.
  Duration shorten(Duration wait) {
    return foundSome || !expected.isOver() || isAnyInWork() ? SHORT_WAIT : wait;
  }

  private synchronized boolean isAnyInWork() {
    return inWork > 0;
  }

  /// One of them has left the node alive.
  synchronized void proven() {
    if (allowed < most && !isSuspectInWork) {
      allowed++;
    }
  }

  /// One of them is not in work any more.
  synchronized void ended() {
    inWork--;
    isSuspectInWork = false;
  }
}
