package dev.sluice.server;

import dev.sluice.application.schedule.FailureLog;
import dev.sluice.domain.time.TimeSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Runs periodic tasks, each on its own thread, so that a task that blocks does not delay the tasks
/// that must be on time.
final class Ticker {

  private static final System.Logger LOG = System.getLogger(Ticker.class.getName());
  private static final int OFTEN_MS = 50;
  private static final int NOW_AND_THEN_MS = 500;

  private final ScheduledExecutorService executor;
  private final Runnable onTime;
  private final List<Runnable> patient;
  private final Runnable nowAndThen;
  private final TimeSource time;

  /// @param onTime runs every 50 ms and must not block
  /// @param patient each runs 50 ms after its last run ended, and may block
  /// @param nowAndThen runs twice a second
  Ticker(Runnable onTime, List<Runnable> patient, Runnable nowAndThen, TimeSource time) {
    this.time = time;
    this.onTime = onTime;
    this.patient = patient;
    this.executor =
        Executors.newScheduledThreadPool(
            patient.size() + 2, Thread.ofPlatform().daemon().name("ticker-", 1).factory());
    this.nowAndThen = nowAndThen;
  }

  void start() {
    schedule(onTime, OFTEN_MS);
    patient.forEach(task -> schedule(task, OFTEN_MS));
    schedule(nowAndThen, NOW_AND_THEN_MS);
  }

  private void schedule(Runnable task, int millis) {
    var _ = executor.scheduleWithFixedDelay(guarded(task), millis, millis, TimeUnit.MILLISECONDS);
  }

  void stop() {
    executor.shutdownNow();
  }

  /// Catches everything: any exception or error would silently end the schedule.
  private Runnable guarded(Runnable task) {
    var failures = new FailureLog(LOG, time);
    return () -> {
      try {
        task.run();
      } catch (Throwable e) {
        failures.unexpected("a periodic task failed and will run again", e);
      }
    };
  }
}
