package dev.sluice.server.log;

import dev.sluice.adapter.http.HttpSettings.AnsweredRequest;
import dev.sluice.adapter.http.HttpSettings.RequestLog;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Logs failed and slow requests, or all of them, on its own thread. When requests arrive faster
/// than lines can be written, lines are dropped and counted; a request never waits. Failed and slow
/// requests are limited to 500 lines a second, so that an outage does not fill the disk.
public final class QueuedRequestLog implements RequestLog {

  private static final Logger LOG = LoggerFactory.getLogger("dev.sluice.request");
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int CAPACITY = 8_192;
  private static final int MOST_FAILURES_A_SECOND = 500;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int FIRST_FAILURE = 400;
  private static final int FIRST_OWN_FAILURE = 500;
  private static final Duration TIME_TO_FINISH = Duration.ofSeconds(2);

  private final boolean isForAll;
  private final Duration slow;
  private final BlockingQueue<AnsweredRequest> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong second = new AtomicLong();
  private final AtomicInteger linesOfSecond = new AtomicInteger();
  private final LongAdder dropped = new LongAdder();
  private final Thread writer =
      Thread.ofPlatform().daemon().name("request-log").unstarted(this::write);
  private volatile boolean isClosed;

  /// @param isForAll whether every request is logged, not only failed and slow ones
  /// @param slow duration from which a request is slow
  public QueuedRequestLog(boolean isForAll, Duration slow) {
    this.isForAll = isForAll;
    this.slow = slow;
    writer.start();
  }

  @Override
  public boolean wants(int status, long nanos) {
    return isForAll || isFailure(status) || nanos >= slow.toNanos();
  }

  private static boolean isFailure(int status) {
    return status == 0 || status >= FIRST_FAILURE;
  }

  @Override
  public void answered(AnsweredRequest request) {
    if (!isWithinRate() || !queue.offer(request)) {
      dropped.increment();
    }
  }

  private boolean isWithinRate() {
    if (isForAll) {
      return true;
    }
    long now = System.nanoTime() / NANOS_PER_SECOND;
    if (second.getAndSet(now) != now) {
      linesOfSecond.set(0);
    }
    return linesOfSecond.incrementAndGet() <= MOST_FAILURES_A_SECOND;
  }

  @Override
  public long dropped() {
    return dropped.sum();
  }

  /// Writes the queued lines; gives up after two seconds.
  public void finish() throws InterruptedException {
    isClosed = true;
    writer.join(TIME_TO_FINISH);
  }

  private void write() {
    try {
      while (!isClosed || !queue.isEmpty()) {
        AnsweredRequest request = queue.poll(100, TimeUnit.MILLISECONDS);
        if (request != null) {
          write(request);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(AnsweredRequest request) {
    LOG.atLevel(request.status() >= FIRST_OWN_FAILURE ? Level.WARN : Level.INFO)
        .addKeyValue("request_id", request.requestId())
        .addKeyValue("method", request.method())
        .addKeyValue("route", request.route())
        .addKeyValue("status", request.status())
        .addKeyValue("duration_ms", request.duration().toNanos() / NANOS_PER_MILLI)
        .addKeyValue("bytes", request.bytes())
        .addKeyValue("client", request.client())
        .log(describe(request));
  }

  private String describe(AnsweredRequest request) {
    if (request.status() == 0) {
      return "client disconnected before the response";
    }
    if (isFailure(request.status())) {
      return "request failed";
    }
    return request.duration().compareTo(slow) >= 0 ? "slow request" : "request";
  }
}
