package dev.sluice.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.sluice.adapter.http.HttpSettings.AnsweredRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class QueuedRequestLogTest {

  private static final Duration SLOW = Duration.ofSeconds(1);
  private static final int MORE_THAN_FIT = 10_000;

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.sluice.request");
  private final Recording lines = new Recording();

  /// Collects the log records, and can block.
  private static final class Recording extends AppenderBase<ILoggingEvent> {

    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final CountDownLatch isHeld = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);

    @Override
    protected void append(ILoggingEvent event) {
      isHeld.countDown();
      try {
        if (mayGoOn.await(30, TimeUnit.SECONDS)) {
          events.add(event);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @BeforeEach
  void record() {
    lines.setContext(logger.getLoggerContext());
    lines.start();
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(lines);
  }

  @AfterEach
  void release() {
    lines.mayGoOn.countDown();
    logger.detachAppender(lines);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  @Test
  void failedAndSlowRequests_areWanted() throws InterruptedException {
    var log = new QueuedRequestLog(false, SLOW);

    assertThat(log.wants(202, SLOW.toNanos() - 1)).isFalse();
    assertThat(log.wants(399, 0)).isFalse();
    assertThat(log.wants(400, 0)).isTrue();
    assertThat(log.wants(503, 0)).isTrue();
    assertThat(log.wants(404, 0)).isTrue();
    assertThat(log.wants(409, 0)).as("a duplicate").isTrue();
    assertThat(log.wants(0, 0)).as("client gone").isTrue();
    assertThat(log.wants(202, SLOW.toNanos())).isTrue();
    log.finish();
  }

  @Test
  void allRequests_areWantedWhenAskedFor() throws InterruptedException {
    var log = new QueuedRequestLog(true, SLOW);

    assertThat(log.wants(202, 0)).isTrue();
    log.finish();
  }

  @Test
  void requests_areLoggedWithWhatBecameOfThem() throws InterruptedException {
    lines.mayGoOn.countDown();
    var log = new QueuedRequestLog(true, SLOW);
    log.answered(request(200, Duration.ofMillis(5)));
    log.answered(request(200, SLOW));
    log.answered(request(413, SLOW));
    log.answered(request(500, SLOW));
    log.answered(request(0, SLOW));

    log.finish();

    assertThat(lines.events)
        .extracting(ILoggingEvent::getMessage)
        .containsExactly(
            "request",
            "slow request",
            "request failed",
            "request failed",
            "client disconnected before the response");
    assertThat(lines.events)
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.INFO, Level.INFO, Level.INFO, Level.WARN, Level.INFO);
    assertThat(lines.events.getFirst().getKeyValuePairs())
        .extracting(pair -> pair.key + "=" + pair.value)
        .containsExactly(
            "request_id=id",
            "method=GET",
            "route=GET /events",
            "status=200",
            "duration_ms=5.0",
            "bytes=77",
            "client=127.0.0.1");
    assertThat(log.dropped()).isZero();
  }

  @Test
  void fullQueue_dropsAndCountsInsteadOfWaiting() throws InterruptedException {
    var log = new QueuedRequestLog(true, SLOW);
    log.answered(request(200, Duration.ZERO));
    assertThat(lines.isHeld.await(30, TimeUnit.SECONDS)).isTrue();

    for (int sent = 1; sent < MORE_THAN_FIT; sent++) {
      log.answered(request(200, Duration.ZERO));
    }

    assertThat(log.dropped()).isPositive();
    lines.mayGoOn.countDown();
    log.finish();
    assertThat(lines.events.size() + log.dropped()).isEqualTo(MORE_THAN_FIT);
  }

  @Test
  void failuresOfAnOutage_doNotFillTheDisk() throws InterruptedException {
    lines.mayGoOn.countDown();
    var log = new QueuedRequestLog(false, SLOW);

    for (int sent = 0; sent < MORE_THAN_FIT / 2; sent++) {
      log.answered(request(503, Duration.ZERO));
    }

    log.finish();
    assertThat(lines.events).hasSizeGreaterThanOrEqualTo(500).hasSizeLessThan(MORE_THAN_FIT / 2);
    assertThat(lines.events.size() + log.dropped()).isEqualTo(MORE_THAN_FIT / 2);
  }

  private static AnsweredRequest request(int status, Duration duration) {
    return new AnsweredRequest("id", "GET", "GET /events", status, duration, 77, "127.0.0.1");
  }
}
