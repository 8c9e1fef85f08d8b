package dev.sluice.adapter.webhook.pace;

import dev.sluice.domain.time.TimeSource;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// Counts the time since 1970 as if it had begun with the node: it never steps, whatever the wall
/// clock does.
final class MonotonicClock extends Clock {

  private final TimeSource time;

  MonotonicClock(TimeSource time) {
    this.time = time;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(time.nanoTime());
  }
}
