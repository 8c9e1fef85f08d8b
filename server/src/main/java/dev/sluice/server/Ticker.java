package dev.sluice.server;

import java.lang.System.Logger.Level;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Makes time pass for those who have no clock of their own: the application often, the web server
/// now and then.
final class Ticker {

  private static final System.Logger LOG = System.getLogger(Ticker.class.getName());
  private static final int OFTEN_MS = 50;
  private static final int NOW_AND_THEN_MS = 500;

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("ticker").factory());
  private final Runnable often;
  private final Runnable nowAndThen;

  Ticker(Runnable often, Runnable nowAndThen) {
    this.often = often;
    this.nowAndThen = nowAndThen;
  }

  void start() {
    var _ =
        executor.scheduleWithFixedDelay(guarded(often), OFTEN_MS, OFTEN_MS, TimeUnit.MILLISECONDS);
    var _ =
        executor.scheduleWithFixedDelay(
            guarded(nowAndThen), NOW_AND_THEN_MS, NOW_AND_THEN_MS, TimeUnit.MILLISECONDS);
  }

  void stop() {
    executor.shutdownNow();
  }

  /// An exception would end the schedule without a word.
  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "a periodic task failed and will run again", e);
      }
    };
  }
}
