package dev.sluice.adapter.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Slows down addresses that send wrong keys: after several failures within a minute each response
/// is delayed, a little longer each time, up to two seconds.
public final class FailedAttempts {

  private static final int FREE = 5;
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final long STEP = Duration.ofMillis(100).toNanos();
  private static final long LONGEST = Duration.ofSeconds(2).toNanos();

  /// A sweep scans all addresses.
  private static final long BETWEEN_SWEEPS = Duration.ofSeconds(1).toNanos();

  private static final int MOST_ADDRESSES = 10_000;
  private static final int MOST_WAITING = 256;
  private static final String EVERYBODY_ELSE = "*";

  private final LongSupplier nanoTime;
  private final Pause pause;
  private final Map<String, Failures> byAddress = new ConcurrentHashMap<>();
  private final AtomicLong sweepAt;
  private final Semaphore places = new Semaphore(MOST_WAITING);

  /// @param nanoTime a monotonic clock
  public FailedAttempts(LongSupplier nanoTime, Pause pause) {
    this.nanoTime = nanoTime;
    this.pause = pause;
    this.sweepAt = new AtomicLong(nanoTime.getAsLong());
  }

  /// Makes the calling thread wait.
  public interface Pause {
    void nanos(long nanos);
  }

  /// Failures of an address within the current minute.
  ///
  /// @param since the time of the first of them
  private record Failures(long since, int count) {}

  /// Counts a failure of this address and blocks until the response may be sent.
  ///
  /// @return false when too many others are waiting already; then the response must reveal nothing
  boolean hold(String address) {
    long wait = Math.min(LONGEST, STEP * Math.max(0, count(address) - FREE));
    if (wait == 0) {
      return true;
    }
    if (!places.tryAcquire()) {
      return false;
    }
    try {
      pause.nanos(wait);
      return true;
    } finally {
      places.release();
    }
  }

  private int count(String address) {
    long now = nanoTime.getAsLong();
    String place = byAddress.containsKey(address) || hasRoom(now) ? address : EVERYBODY_ELSE;
    return byAddress
        .merge(
            place,
            new Failures(now, 1),
            (before, first) ->
                isOver(before, now) ? first : new Failures(before.since(), before.count() + 1))
        .count();
  }

  private boolean hasRoom(long now) {
    long due = sweepAt.get();
    if (byAddress.size() >= MOST_ADDRESSES
        && now - due >= 0
        && sweepAt.compareAndSet(due, now + BETWEEN_SWEEPS)) {
      byAddress.values().removeIf(failures -> isOver(failures, now));
    }
    return byAddress.size() < MOST_ADDRESSES;
  }

  private static boolean isOver(Failures failures, long now) {
    return now - failures.since() >= MINUTE;
  }

  /// Returns the number of known addresses.
  int addresses() {
    return byAddress.size();
  }
}
