package dev.sluice.server;

import dev.sluice.domain.event.EventId;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Generates event ids: version 7 UUIDs (RFC 9562, 5.7), each larger than the one before, so that a
/// storage appends them to its index instead of inserting them.
final class EventIds implements Supplier<EventId> {

  private static final int COUNTER_BITS = 12;
  private static final long COUNTER_MASK = (1L << COUNTER_BITS) - 1;
  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long RANDOM_MASK = 0x3FFF_FFFF_FFFF_FFFFL;

  private final InstantSource clock;
  private final RandomGenerator random;

  /// Milliseconds, followed by a counter that may overflow into the next millisecond.
  private final AtomicLong last = new AtomicLong();

  EventIds(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public EventId get() {
    long now = clock.millis() << COUNTER_BITS;
    long stamp = last.updateAndGet(before -> Math.max(before + 1, now));
    long high = (stamp >>> COUNTER_BITS << 16) | VERSION | (stamp & COUNTER_MASK);
    long low = VARIANT | (random.nextLong() & RANDOM_MASK);
    return new EventId(new UUID(high, low).toString());
  }
}
