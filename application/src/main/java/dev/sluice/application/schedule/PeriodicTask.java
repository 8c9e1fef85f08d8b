package dev.sluice.application.schedule;

import dev.sluice.domain.port.PortException;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.util.Optional;

/// A task that runs again and again, whatever it throws: a failed run must end neither the next run
/// nor other tasks. It records when it last succeeded, so that a task that hangs or fails for good
/// is noticed.
public final class PeriodicTask {

  private static final System.Logger LOG = System.getLogger(PeriodicTask.class.getName());

  private final String name;
  private final Runnable task;
  private final Duration limit;
  private final TimeSource time;
  private final FailureLog failures;

  /// When it last succeeded, or did what it could without the storage.
  private volatile long lastRun;

  /// When it last returned, even with a failure.
  private volatile long lastReturn;

  /// @param name what it does, for the log and for `/ready`
  /// @param limit the task is overdue when it has not succeeded for longer
  public PeriodicTask(String name, Duration limit, Runnable task, TimeSource time) {
    this.name = name;
    this.limit = limit;
    this.task = task;
    this.time = time;
    this.failures = new FailureLog(LOG, time);
    begin();
  }

  /// Runs the task once. Never throws.
  public void run() {
    try {
      task.run();
      lastRun = time.nanoTime();
    } catch (PortException e) {
      // It ran as far as it could; the outage of the storage is reported elsewhere.
      lastRun = time.nanoTime();
      failures.expected(name + ": the storage does not answer", e);
    } catch (Throwable e) {
      // Errors too: no other thread runs this task.
      failures.unexpected(name + " failed and will run again", e);
    } finally {
      lastReturn = time.nanoTime();
    }
  }

  /// Starts the time limits.
  public void begin() {
    lastRun = time.nanoTime();
    lastReturn = lastRun;
  }

  /// A message, if it has not succeeded for too long.
  public Optional<String> overdue() {
    return since(lastRun)
        .filter(passed -> passed.compareTo(limit) > 0)
        .map(passed -> name + " has not succeeded for " + passed.toSeconds() + " s");
  }

  /// A message, if it has not even returned for longer than `most`.
  public Optional<String> hungFor(Duration most) {
    return since(lastReturn)
        .filter(passed -> passed.compareTo(most) > 0)
        .map(passed -> name + " has not returned for " + passed.toSeconds() + " s");
  }

  private Optional<Duration> since(long then) {
    return Optional.of(Duration.ofNanos(time.nanoTime() - then));
  }
}
