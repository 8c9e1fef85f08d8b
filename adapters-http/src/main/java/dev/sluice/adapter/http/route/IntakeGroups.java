package dev.sluice.adapter.http.route;

import dev.sluice.application.intake.EventDraft;
import dev.sluice.format.ReadEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;

/// How events of a batch go to the storage: group by group, so that no request has more of it than
/// others can wait for.
///
/// Between groups a request makes way. It keeps its thread busy for as long as it has events, and
/// virtual threads are not interrupted by each other: without a pause a few large requests would
/// keep the workers from working.
final class IntakeGroups {

  /// Most events of a group.
  static final int EVENTS = 256;

  /// A group that has this many bytes is full. Small events wait for its transaction.
  static final long BYTES = 512 * 1024;

  /// From here on batches are taken more slowly the fuller the backlog is, so that most of them end
  /// before it is full.
  private static final double SLOW_FROM = 0.5;

  private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

  private final DoubleSupplier backlogFullness;

  /// @param backlogFullness from 0 to 1
  IntakeGroups(DoubleSupplier backlogFullness) {
    this.backlogFullness = backlogFullness;
  }

  /// Where the group that begins at `start` ends.
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

  /// Lets others work.
  @SuppressWarnings("ThreadPriorityCheck") // Nothing depends on it but fairness.
  void makeWay() {
    double over = (backlogFullness.getAsDouble() - SLOW_FROM) / (1 - SLOW_FROM);
    if (over > 0) {
      LockSupport.parkNanos((long) (over * LONGEST_PAUSE.toNanos()));
    } else {
      Thread.yield();
    }
  }
}
