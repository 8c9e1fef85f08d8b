package dev.sluice.admin.testing;

import dev.sluice.admin.poll.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/// A timer whose clock moves only when a test moves it.
public final class ManualTimer implements Timer {

  /// Start time of all tests.
  public static final Instant START = Instant.parse("2026-03-14T09:30:00Z");

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparing(Task::due).thenComparingLong(Task::number));
  private Instant now = START;
  private long number;

  private record Task(Instant due, long number, Runnable work) {}

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Runnable after(Duration wait, Runnable work) {
    var task = new Task(now.plus(wait), number++, work);
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  /// Moves the clock forward and runs the tasks that become due, each at its time.
  public void advance(Duration length) {
    Instant end = now.plus(length);
    while (!tasks.isEmpty() && !tasks.peek().due().isAfter(end)) {
      Task task = tasks.remove();
      now = task.due();
      task.work().run();
    }
    now = end;
  }

  /// Moves the clock forward without running tasks, as while a request is in progress.
  public void pass(Duration length) {
    now = now.plus(length);
  }

  /// Returns the time until the next task is due.
  public Optional<Duration> untilNext() {
    return Optional.ofNullable(tasks.peek()).map(task -> Duration.between(now, task.due()));
  }
}
