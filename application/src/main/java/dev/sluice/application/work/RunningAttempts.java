package dev.sluice.application.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The attempts whose handlers have not returned, one place per slot.
///
/// Only the dispatcher assigns places; any thread may pass them on or free them. A set that several
/// threads add to would cost more than running the demo handler.
final class RunningAttempts {

  private final AtomicReferenceArray<RunningAttempt> places;
  private int lastPlace;

  /// @param slots maximum number of attempts at once
  RunningAttempts(int slots) {
    this.places = new AtomicReferenceArray<>(slots);
  }

  /// Adds an attempt. Its slot has been taken, so there is a place for it. Called by one thread at
  /// a time.
  void add(RunningAttempt attempt) {
    for (int tried = 0; tried < places.length(); tried++) {
      lastPlace = lastPlace + 1 == places.length() ? 0 : lastPlace + 1;
      if (places.getPlain(lastPlace) == null) {
        attempt.placedAt(lastPlace);
        places.setRelease(lastPlace, attempt);
        return;
      }
    }
    throw new IllegalStateException(
        "all " + places.length() + " slots are in use; an attempt was started without one");
  }

  /// Passes the place of an ended attempt on to another one.
  void replace(RunningAttempt ended, RunningAttempt next) {
    next.placedAt(ended.place());
    places.setRelease(ended.place(), next);
  }

  /// Removes an attempt.
  void remove(RunningAttempt attempt) {
    places.setRelease(attempt.place(), null);
  }

  /// The attempts that run at about this moment.
  List<RunningAttempt> toList() {
    var running = new ArrayList<RunningAttempt>();
    for (int place = 0; place < places.length(); place++) {
      RunningAttempt attempt = places.get(place);
      if (attempt != null) {
        running.add(attempt);
      }
    }
    return running;
  }
}
