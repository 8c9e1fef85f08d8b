package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.connection.RareWarning;
import dev.sluice.domain.port.PortException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Samples queues and memory about once a second, and reports to other nodes what this one holds.
/// It has its own thread, so that a RabbitMQ that hangs delays no request, and a long
/// reconciliation does not make this node look silent.
final class Sampler implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Sampler.class.getName());
  private static final Duration BETWEEN = Duration.ofSeconds(1);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

  private final Gauges gauges;
  private final Releases releases;
  private final RareWarning failing = new RareWarning();
  private volatile boolean isClosed;
  private @Nullable Thread thread;

  Sampler(Gauges gauges, Releases releases) {
    this.gauges = gauges;
    this.releases = releases;
  }

  void start(ThreadFactory threads) {
    Thread started = threads.newThread(this::loop);
    thread = started;
    started.start();
  }

  private void loop() {
    try {
      while (!isClosed) {
        TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos());
        run();
      }
    } catch (InterruptedException e) {
      // Only close() interrupts.
    }
  }

  /// Runs the steps of one second. Each may fail alone: Redis may answer while RabbitMQ does not.
  void run() {
    attempt(releases::retry);
    attempt(gauges::reportHeld);
    attempt(gauges::look);
  }

  private void attempt(Runnable step) {
    try {
      step.run();
    } catch (PortException e) {
      LOG.log(Level.DEBUG, "RabbitMQ or Redis is unavailable", e);
    } catch (RuntimeException | Error e) {
      // Errors too: without this thread the figures would never change.
      LOG.log(failing.level(), "sampling RabbitMQ and Redis failed, retrying", e);
    }
  }

  @Override
  public void close() {
    Thread running = thread;
    if (running == null) {
      return;
    }
    isClosed = true;
    running.interrupt();
    try {
      running.join(LONGEST_CLOSE);
      gauges.leave();
    } catch (PortException e) {
      // Other nodes notice that it is silent.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
