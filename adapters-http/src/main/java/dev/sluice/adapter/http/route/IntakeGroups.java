package dev.sluice.adapter.http.route;

import dev.sluice.application.intake.EventDraft;
import dev.sluice.format.ReadEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;

/// Splits a batch into groups that go to the storage one by one, so that no request keeps others
/// waiting for long.
///
/// Between groups a request yields. It keeps its thread busy as long as it has events, and virtual
/// threads are not preempted: without a pause, a few large requests would starve the workers.
final class IntakeGroups {

  /// Most events of a group.
  static final int EVENTS = 256;

  /// A group with this many bytes is full. Small events wait for its transaction.
  static final long BYTES = 512 * 1024;

  /// Above this fullness, batches are appended more slowly the fuller the backlog is, so that most
  /// of them end before it is full.
  private static final double SLOW_FROM = 0.5;

  private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

  private final DoubleSupplier backlogFullness;

  /// @param backlogFullness returns the fullness of the backlog, from 0 to 1
  IntakeGroups(DoubleSupplier backlogFullness) {
    this.backlogFullness = backlogFullness;
  }

  /// Returns the end of the group that begins at `start`.
  int endOf(List<ReadEvent> events, int start) {
    int end = start;
    long characters = 0;
    while (end < events.size() && end - start < EVENTS && characters < BYTES) {
      if (events.get(end) instanceof ReadEvent.Valid(EventDraft draft)) {
        characters += draft.payload().length() + draft.attributes().length();
      }
      end++;
    }
    return end;
  }

  /// Yields to other threads; pauses while the backlog is rather full.
  @SuppressWarnings("ThreadPriorityCheck") // Only fairness depends on it.
  void makeWay() {
    double over = (backlogFullness.getAsDouble() - SLOW_FROM) / (1 - SLOW_FROM);
    if (over > 0) {
      LockSupport.parkNanos((long) (over * LONGEST_PAUSE.toNanos()));
    } else {
      Thread.yield();
    }
  }
}
