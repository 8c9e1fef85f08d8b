package dev.sluice.adapter.broker.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import dev.sluice.adapter.broker.RecordedLog;
import dev.sluice.adapter.broker.codec.MessageCodec;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// A repeated failure is logged once a minute.
final class RareWarningTest {

  private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 5);

  @Test
  void repetition_isLoudOnceAMinute() {
    var warning = new RareWarning(time::get);

    assertThat(warning.level()).isEqualTo(Level.WARNING);
    assertThat(warning.level()).isEqualTo(Level.DEBUG);
    time.addAndGet(Duration.ofSeconds(59).toNanos());
    assertThat(warning.level()).isEqualTo(Level.DEBUG);
    time.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(warning.level(Level.ERROR)).isEqualTo(Level.ERROR);
    assertThat(warning.level()).isEqualTo(Level.DEBUG);
  }

  @Test
  void damagedMessages_areNotLoggedOneByOne() {
    var damaged = new BasicProperties.Builder().headers(Map.of("sluice-number", "x")).build();
    try (var log = new RecordedLog(MessageCodec.class)) {
      for (int number = 0; number < 100; number++) {
        assertThat(MessageCodec.decode(damaged, new byte[0])).isEmpty();
      }

      assertThat(log.warnings()).hasSizeLessThanOrEqualTo(1);
    }
  }

  /// The client tries to reconnect twice a second.
  @Test
  void failedRecoveries_areNotLoggedOneByOne() {
    var handler = new RabbitExceptions();
    try (var log = new RecordedLog(RabbitExceptions.class)) {
      for (int number = 0; number < 100; number++) {
        handler.log("recovery failed", new IllegalStateException("away"));
      }

      assertThat(log.warnings())
          .containsExactly("recovery failed: java.lang.IllegalStateException: away");
    }
  }
}
