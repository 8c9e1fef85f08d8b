package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RateLimiterTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final RateLimiter limiter = new RateLimiter(2, 3, nanos::get);

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError("not an address: " + text, e);
    }
  }

  private RateLimiter.Verdict take(String client) {
    return limiter.take(address(client));
  }

  private void pass(long millis) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private void empty(String client) {
    for (int token = 0; token < 3; token++) {
      assertThat(take(client).isAllowed()).isTrue();
    }
    assertThat(take(client).isAllowed()).isFalse();
  }

  @Test
  void burst_isAllowedAtOnce() {
    assertThat(take("10.0.0.1")).isEqualTo(new RateLimiter.Verdict(true, 2, 1));
    assertThat(take("10.0.0.1").remaining()).isEqualTo(1);
    assertThat(take("10.0.0.1").remaining()).isZero();
    assertThat(take("10.0.0.1").isAllowed()).isFalse();
  }

  @Test
  void tokens_comeBackOverTime() {
    empty("10.0.0.1");

    pass(499);
    assertThat(take("10.0.0.1").isAllowed()).isFalse();
    pass(2);
    assertThat(take("10.0.0.1").isAllowed()).isTrue();
    assertThat(take("10.0.0.1").isAllowed()).isFalse();
  }

  @Test
  void tokens_neverExceedTheBurst() {
    empty("10.0.0.1");
    pass(3_600_000);

    empty("10.0.0.1");
  }

  @Test
  void clients_areCountedApart() {
    empty("10.0.0.1");

    assertThat(take("10.0.0.2").isAllowed()).isTrue();
  }

  @Test
  void addressesOfOneIpv6Network_areOneClient() {
    empty("2001:db8:0:1::1");

    assertThat(take("2001:db8:0:1:ffff::2").isAllowed()).isFalse();
    assertThat(take("2001:db8:0:2::1").isAllowed()).isTrue();
  }

  @Test
  void slowRate_tellsTheWholeWait() {
    var slow = new RateLimiter(0.1, 1, nanos::get);
    slow.take(address("10.0.0.1"));

    assertThat(slow.take(address("10.0.0.1")).secondsToNext()).isEqualTo(10);
    assertThat(slow.windowSeconds()).isEqualTo(10);
    assertThat(slow.burst()).isEqualTo(1);
  }

  @Test
  void moreClientsThanKept_shareABucketAndQuietOnesAreForgotten() {
    for (int number = 0; number < 50_000; number++) {
      take("10." + (number >> 16) + "." + (number >> 8 & 255) + "." + (number & 255));
    }
    empty("11.0.0.1");
    assertThat(take("11.0.0.2").isAllowed()).isFalse();

    pass(10_000);

    empty("11.0.0.3");
    assertThat(take("11.0.0.4").isAllowed()).isTrue();
  }

  @Test
  void networkWithManyAddresses_takesNothingFromOthers() {
    for (int number = 0; number < 60_000; number++) {
      take("2001:db8:1:" + Integer.toHexString(number) + "::1");
    }

    assertThat(take("2001:db8:1:ffff::1").isAllowed()).as("of that network").isFalse();
    empty("2001:db8:2:1::1");
    empty("192.0.2.1");
    empty("198.51.100.1");
  }
}
