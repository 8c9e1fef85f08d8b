package dev.sluice.adapter.broker;

import dev.sluice.domain.port.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// Releases reserved ids whose events are known not to be published, and retries until Redis has
/// answered: otherwise repeats of these events would be refused for half a minute.
///
/// A release names the token of the reservation, so that it leaves alone what another caller has
/// reserved since.
final class Releases {

  private static final System.Logger LOG = System.getLogger(Releases.class.getName());

  /// Ids beyond that are free again by themselves.
  private static final int MOST_IDS = 10_000;

  /// Redis may carry a reservation out after the first release, where both came while it hung; what
  /// comes after an answer comes after both.
  private static final int ANSWERS = 2;

  private final Scripts scripts;
  private final Duration patience;

  /// Guarded by this object, as is the next.
  private final ArrayDeque<Left> left = new ArrayDeque<>();

  private int ids;

  /// @param patience how long a reservation lasts without a release
  Releases(Scripts scripts, Duration patience) {
    this.scripts = scripts;
    this.patience = patience;
  }

  /// @param who the token
  /// @param until by [System#nanoTime]
  /// @param answers how many more of them are wanted
  private record Left(String who, List<String> ids, long until, int answers) {}

  /// Releases ids that Redis is known to have reserved.
  void release(String who, List<String> reserved) {
    if (reserved.isEmpty()) {
      return;
    }
    try {
      tell(who, reserved);
    } catch (StoreUnavailableException e) {
      LOG.log(Level.DEBUG, "ids could not be released yet", e);
      keep(who, reserved, 1);
    }
  }

  /// Releases, within seconds, ids that Redis may have reserved or may be about to reserve.
  void releaseUnknown(String who, List<String> perhapsReserved) {
    keep(who, perhapsReserved, ANSWERS);
  }

  private synchronized void keep(String who, List<String> some, int answers) {
    if (ids + some.size() <= MOST_IDS) {
      ids += some.size();
      left.add(new Left(who, some, System.nanoTime() + patience.toNanos(), answers));
    }
  }

  /// Tries again what is left. Called about once a second.
  ///
  /// @throws StoreUnavailableException when Redis does not answer
  void retry() {
    for (Left one : current()) {
      tell(one.who(), one.ids());
      answered(one);
    }
  }

  private synchronized List<Left> current() {
    long now = System.nanoTime();
    for (Left one : List.copyOf(left)) {
      if (now - one.until() > 0) {
        remove(one);
      }
    }
    return new ArrayList<>(left);
  }

  private synchronized void answered(Left one) {
    remove(one);
    if (one.answers() > 1) {
      ids += one.ids().size();
      left.add(new Left(one.who(), one.ids(), one.until(), one.answers() - 1));
    }
  }

  private void remove(Left one) {
    if (left.remove(one)) {
      ids -= one.ids().size();
    }
  }

  private void tell(String who, List<String> some) {
    var arguments = new ArrayList<String>(1 + some.size());
    arguments.add(who);
    arguments.addAll(some);
    scripts.tell(Scripts.RELEASE, arguments);
  }
}
