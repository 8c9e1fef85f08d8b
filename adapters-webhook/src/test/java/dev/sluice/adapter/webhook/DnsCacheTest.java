package dev.sluice.adapter.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.contract.SettableClock;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class DnsCacheTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final SettableClock clock = new SettableClock();
  private final FixedNames names = new FixedNames().with("a.test", "1.1.1.1");
  private final DnsCache cache = new DnsCache(names, Runnable::run, clock);

  @Test
  void result_isKeptForAShortTime() throws Exception {
    cache.addressesOf("a.test", LIMIT);
    clock.advance(DnsCache.TTL.minusNanos(1));
    cache.addressesOf("a.test", LIMIT);
    assertThat(names.asked()).hasSize(1);

    clock.advance(Duration.ofNanos(1));
    names.with("a.test", "2.2.2.2");

    assertThat(cache.addressesOf("a.test", LIMIT)).hasToString("[/2.2.2.2]");
  }

  @Test
  void failure_isKeptForAShorterTime() throws Exception {
    assertThatThrownBy(() -> cache.addressesOf("b.test", LIMIT))
        .isInstanceOf(UnknownHostException.class);
    names.with("b.test", "1.1.1.1");
    assertThatThrownBy(() -> cache.addressesOf("b.test", LIMIT)).hasMessageContaining("b.test");

    clock.advance(DnsCache.NEGATIVE_TTL);

    assertThat(cache.addressesOf("b.test", LIMIT)).hasSize(1);
  }

  @Test
  void sameName_isLookedUpOnceAtATime() throws Exception {
    List<Runnable> waiting = new ArrayList<>();
    var lazy = new DnsCache(names, waiting::add, clock);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> lazy.addressesOf("a.test", Duration.ofMillis(1)))
          .isInstanceOf(TimeoutException.class);
    }

    waiting.forEach(Runnable::run);

    assertThat(waiting).hasSize(1);
    assertThat(lazy.addressesOf("a.test", Duration.ZERO)).hasSize(1);
  }

  @Test
  void nameWithoutAddresses_isUnknown() {
    names.with("none.test");

    assertThatThrownBy(() -> cache.addressesOf("none.test", LIMIT))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void manyNames_areNotAllKept() throws Exception {
    for (int i = 0; i < DnsCache.MAX_NAMES + 10; i++) {
      names.with("n" + i + ".test", "1.1.1.1");
      cache.addressesOf("n" + i + ".test", LIMIT);
    }

    assertThat(cache.size()).isLessThanOrEqualTo(DnsCache.MAX_NAMES);
  }

  @Test
  void threadsThatRefuse_areAFailure() {
    var closed =
        new DnsCache(
            names,
            task -> {
              throw new RejectedExecutionException("closed");
            },
            clock);

    assertThatThrownBy(() -> closed.addressesOf("a.test", LIMIT))
        .isInstanceOf(UnknownHostException.class);
    assertThat(closed.size()).as("says nothing about the name").isZero();
  }

  @Test
  void errorInALookup_isNotKeptForGood() throws Exception {
    var isBroken = new AtomicBoolean(true);
    var fragile =
        new DnsCache(
            host -> {
              if (isBroken.getAndSet(false)) {
                throw new LinkageError("out of something");
              }
              return names.addressesOf(host);
            },
            task -> {
              try {
                task.run();
              } catch (LinkageError e) {
                // As on a thread of a pool, whose caller does not see it.
              }
            },
            clock);
    assertThatThrownBy(() -> fragile.addressesOf("a.test", LIMIT))
        .isInstanceOf(UnknownHostException.class);

    clock.advance(DnsCache.NEGATIVE_TTL);

    assertThat(fragile.addressesOf("a.test", LIMIT)).hasSize(1);
  }
}
