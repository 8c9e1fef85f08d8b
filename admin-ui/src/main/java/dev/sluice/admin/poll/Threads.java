package dev.sluice.admin.poll;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// The threads of the running console: a virtual one for each request, and one for timers.
public final class Threads implements AutoCloseable {

  private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("console-timer").factory());

  /// Returns lanes that run their results on a screen's executor.
  public Lanes lanes(Executor screen) {
    return new Lanes(work, screen, new SystemTimer(), RandomGenerator.getDefault());
  }

  private final class SystemTimer implements Timer {

    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public Runnable after(Duration wait, Runnable task) {
      ScheduledFuture<?> waiting = clock.schedule(task, wait.toNanos(), TimeUnit.NANOSECONDS);
      return () -> waiting.cancel(false);
    }
  }

  /// Stops at once and interrupts requests in progress.
  @Override
  public void close() {
    clock.shutdownNow();
    work.shutdownNow();
  }
}
