package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.contract.Eventually;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class TickerTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger(Ticker.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void record() {
    logger.setAdditive(false);
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void release() {
    logger.detachAppender(log);
    logger.setAdditive(true);
  }

  @Test
  void failingTasks_areLoggedAndRunAgain() {
    var often = new AtomicInteger();
    var nowAndThen = new AtomicInteger();
    var ticker = new Ticker(() -> fail(often), () -> fail(nowAndThen));
    try {
      ticker.start();

      Eventually.holds("both ran twice", () -> often.get() > 1 && nowAndThen.get() > 1);
    } finally {
      ticker.stop();
    }
    assertThat(log.list)
        .isNotEmpty()
        .allSatisfy(record -> assertThat(record.getLevel()).isEqualTo(Level.ERROR));
  }

  @Test
  void often_isMoreOftenThanNowAndThen() {
    var often = new AtomicInteger();
    var nowAndThen = new AtomicInteger();
    var ticker = new Ticker(often::incrementAndGet, nowAndThen::incrementAndGet);
    try {
      ticker.start();

      Eventually.holds("both ran", () -> nowAndThen.get() > 1);
      assertThat(often.get()).isGreaterThan(nowAndThen.get());
    } finally {
      ticker.stop();
    }
  }

  private static void fail(AtomicInteger runs) {
    runs.incrementAndGet();
    throw new IllegalStateException("this failure is part of the test");
  }
}
