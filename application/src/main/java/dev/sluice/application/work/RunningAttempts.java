package dev.sluice.application.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The attempts whose handlers have not come to an end, one place for each slot.
///
/// Places are given out by the dispatcher alone, and passed on or freed by any thread. A set that
/// several threads may add to would cost more than running the demo handler.
final class RunningAttempts {

  private final AtomicReferenceArray<RunningAttempt> places;
  private int lastPlace;

  /// @param slots most attempts at once
  RunningAttempts(int slots) {
    this.places = new AtomicReferenceArray<>(slots);
  }

  /// Takes an attempt in; its slot has been taken, so that there is a place for it. Called by one
  /// thread at a time.
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

  /// Gives the place of an attempt that has ended to another one.
  void replace(RunningAttempt ended, RunningAttempt next) {
    next.placedAt(ended.place());
    places.setRelease(ended.place(), next);
  }

  /// Lets an attempt go that was taken in.
  void remove(RunningAttempt attempt) {
    places.setRelease(attempt.place(), null);
  }

  /// Those that run at about this moment.
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
