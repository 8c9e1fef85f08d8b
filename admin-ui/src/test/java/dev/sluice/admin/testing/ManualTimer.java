package dev.sluice.admin.testing;

import dev.sluice.admin.poll.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/// Time that goes on when it is told to.
public final class ManualTimer implements Timer {

  /// When all tests begin.
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

  /// Lets time go by; what is due on the way runs at its time.
  public void advance(Duration length) {
    Instant end = now.plus(length);
    while (!tasks.isEmpty() && !tasks.peek().due().isAfter(end)) {
      Task task = tasks.remove();
      now = task.due();
      task.work().run();
    }
    now = end;
  }

  /// Lets time go by without anything happening, as while a request is under way.
  public void pass(Duration length) {
    now = now.plus(length);
  }

  /// How long until something is due.
  public Optional<Duration> untilNext() {
    return Optional.ofNullable(tasks.peek()).map(task -> Duration.between(now, task.due()));
  }
}
