package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.contract.Eventually;
import dev.sluice.domain.time.TimeSource;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class TickerTest {

  private static final TimeSource TIME = TimeSource.of(InstantSource.system(), System::nanoTime);

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
    var patient = new AtomicInteger();
    var nowAndThen = new AtomicInteger();
    var ticker =
        new Ticker(() -> fail(often), List.of(() -> fail(patient)), () -> fail(nowAndThen), TIME);
    try {
      ticker.start();

      Eventually.holds(
          "all ran twice", () -> often.get() > 1 && patient.get() > 1 && nowAndThen.get() > 1);
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
    var ticker = new Ticker(often::incrementAndGet, List.of(), nowAndThen::incrementAndGet, TIME);
    try {
      ticker.start();

      Eventually.holds("both ran", () -> nowAndThen.get() > 1);
      assertThat(often.get()).isGreaterThan(nowAndThen.get());
    } finally {
      ticker.stop();
    }
  }

  /// A storage that hangs must not delay deadlines.
  @Test
  void taskThatWaits_doesNotHoldTheOthersUp() {
    var often = new AtomicInteger();
    var nowAndThen = new AtomicInteger();
    var never = new CountDownLatch(1);
    var ticker =
        new Ticker(
            often::incrementAndGet, List.of(() -> await(never)), nowAndThen::incrementAndGet, TIME);
    try {
      ticker.start();

      Eventually.holds("the others run", () -> often.get() > 5 && nowAndThen.get() > 1);
    } finally {
      never.countDown();
      ticker.stop();
    }
  }

  /// Otherwise such an error would end the schedule, while the node looks healthy.
  @Test
  void tasksThatThrowErrors_runAgainAndAreLoggedOnce() {
    var runs = new AtomicInteger();
    var ticker = new Ticker(() -> failBadly(runs), List.of(), () -> {}, TIME);
    try {
      ticker.start();

      Eventually.holds("it ran again and again", () -> runs.get() > 5);
    } finally {
      ticker.stop();
    }
    assertThat(log.list).hasSize(1);
  }

  private static void failBadly(AtomicInteger runs) {
    runs.incrementAndGet();
    throw new StackOverflowError("this error is part of the test");
  }

  private static void await(CountDownLatch never) {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void fail(AtomicInteger runs) {
    runs.incrementAndGet();
    throw new IllegalStateException("this failure is part of the test");
  }
}
