package dev.sluice.adapter.memory;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// The events that may be deleted, in the order in which they finished; guarded by the storage's
/// lock.
final class FinishedEvents {

  private static final int MOST_LET_PASS = 1_000;

  private final IntrusiveList<StoredEvent> events = new IntrusiveList<>();
  private final InstantSource clock;

  FinishedEvents(InstantSource clock) {
    this.clock = clock;
  }

  /// Adds an event that has finished now, or moves it to the end.
  void finished(StoredEvent event) {
    events.remove(event);
    events.addLast(event);
  }

  /// Removes an event if it is there.
  void remove(StoredEvent event) {
    events.remove(event);
  }

  /// Returns the event that finished first, if it finished before a time.
  @Nullable StoredEvent firstBefore(Instant before) {
    letPassThoseOfTheFuture(before);
    StoredEvent oldest = events.first();
    return oldest == null || !oldest.finishedAt().isBefore(before) ? null : oldest;
  }

  /// Moves events from the future to the end. The order is that of time unless the clock was set
  /// back: then the first ones seem to be from the future, and must not block the others.
  private void letPassThoseOfTheFuture(Instant before) {
    if (before.equals(Instant.MAX)) {
      return;
    }
    Instant now = clock.instant();
    for (int passed = 0; passed < MOST_LET_PASS; passed++) {
      StoredEvent first = events.first();
      if (first == null || !first.finishedAt().isAfter(now)) {
        return;
      }
      finished(first);
    }
  }
}
