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
/// A release names the token of its reservation, so that it leaves alone what another caller has
/// reserved since.
final class Releases {

  private static final System.Logger LOG = System.getLogger(Releases.class.getName());

  /// Further ids are not kept; their reservations expire.
  private static final int MOST_IDS = 10_000;

  /// Redis may execute a reservation after the first release, if both arrived while it hung; a
  /// release that is sent after an answer is executed after both.
  private static final int ANSWERS = 2;

  private final Scripts scripts;
  private final Duration patience;

  /// Guarded by this object, like `ids`.
  private final ArrayDeque<Left> left = new ArrayDeque<>();

  private int ids;

  /// @param patience how long a reservation lasts without a release
  Releases(Scripts scripts, Duration patience) {
    this.scripts = scripts;
    this.patience = patience;
  }

  /// @param who the token of the reservation
  /// @param until when the reservation has expired, by [System#nanoTime]
  /// @param answers how many more of them are needed
  private record Left(String who, List<String> ids, long until, int answers) {}

  /// Releases ids that Redis is known to have reserved.
  void release(String who, List<String> reserved) {
    if (reserved.isEmpty()) {
      return;
    }
    try {
      send(who, reserved);
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

  /// Retries the releases that Redis has not answered. Called about once a second.
  ///
  /// @throws StoreUnavailableException when Redis does not answer
  void retry() {
    for (Left one : current()) {
      send(one.who(), one.ids());
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

  private void send(String who, List<String> some) {
    var arguments = new ArrayList<String>(1 + some.size());
    arguments.add(who);
    arguments.addAll(some);
    scripts.send(Scripts.RELEASE, arguments);
  }
}
