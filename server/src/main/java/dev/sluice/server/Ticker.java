package dev.sluice.server;

import dev.sluice.application.schedule.FailureLog;
import dev.sluice.domain.time.TimeSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Makes time pass for those who have no clock of their own, each on a thread of its own: what must
/// be on time does not wait for what may have to wait.
final class Ticker {

  private static final System.Logger LOG = System.getLogger(Ticker.class.getName());
  private static final int OFTEN_MS = 50;
  private static final int NOW_AND_THEN_MS = 500;

  private final ScheduledExecutorService executor;
  private final Runnable onTime;
  private final List<Runnable> patient;
  private final Runnable nowAndThen;
  private final TimeSource time;

  /// @param onTime runs often, and never waits for anybody
  /// @param patient each runs often, unless it has to wait
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

  /// Anything thrown, errors too, would end the schedule without a word.
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
