package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.contract.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FailedAttemptsTest {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final List<Duration> waits = new ArrayList<>();
  private final FailedAttempts attempts =
      new FailedAttempts(now::get, nanos -> waits.add(Duration.ofNanos(nanos)));

  private void fail(String address, int times) {
    for (int time = 0; time < times; time++) {
      assertThat(attempts.hold(address)).isTrue();
    }
  }

  @Test
  void firstFive_areFree() {
    fail("a", 5);

    assertThat(waits).isEmpty();
  }

  @Test
  void furtherOnes_waitLongerEachTimeUpToTwoSeconds() {
    fail("a", 40);

    assertThat(waits)
        .hasSize(35)
        .startsWith(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(300))
        .endsWith(Duration.ofSeconds(2), Duration.ofSeconds(2));
  }

  @Test
  void addresses_doNotWaitForEachOther() {
    fail("a", 6);
    waits.clear();

    fail("b", 5);

    assertThat(waits).isEmpty();
  }

  @Test
  void afterAMinute_countingBeginsAnew() {
    fail("a", 8);
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    waits.clear();

    fail("a", 5);

    assertThat(waits).isEmpty();
  }

  @Test
  void table_isBoundedAndOthersShareAPlace() {
    IntStream.range(0, 10_000).forEach(number -> fail("a" + number, 1));
    fail("more", 3);
    fail("even more", 3);

    assertThat(attempts.addresses()).isEqualTo(10_001);
    assertThat(waits).hasSize(1);
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    fail("later", 1);
    assertThat(attempts.addresses()).isEqualTo(1);
  }

  @Test
  void whenTooManyWait_othersAreTurnedAway() {
    var release = new CountDownLatch(1);
    var waiting = new AtomicInteger();
    var crowded =
        new FailedAttempts(
            now::get,
            _ -> {
              waiting.incrementAndGet();
              try {
                release.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    IntStream.range(0, 5).forEach(_ -> crowded.hold("a"));
    for (int number = 0; number < 256; number++) {
      Thread.ofVirtual().start(() -> crowded.hold("a"));
    }
    Eventually.holds("256 wait", () -> waiting.get() == 256);

    assertThat(crowded.hold("a")).isFalse();
    assertThat(crowded.hold("b")).isTrue();
    release.countDown();
    Eventually.holds("there is room again", () -> crowded.hold("a"));
  }
}
