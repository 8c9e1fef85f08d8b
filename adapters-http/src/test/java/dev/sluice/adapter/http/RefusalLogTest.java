package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RefusalLogTest {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final RefusalLog log = new RefusalLog(now::get);

  @Test
  void manyRefusals_areOneLineASecond() {
    try (LogCapture logs = LogCapture.start()) {
      for (int number = 0; number < 100; number++) {
        log.refused("wrong_secret", Optional.of("boss"), "192.0.2.7");
      }
      now.addAndGet(Duration.ofSeconds(1).toNanos());
      log.refused("missing", Optional.empty(), "192.0.2.8");

      assertThat(logs.messages("192.0.2."))
          .containsExactly(
              "rejected a request from 192.0.2.7, key boss wrong_secret",
              "rejected a request from 192.0.2.8, key missing; 99 more were not logged");
    }
  }
}
