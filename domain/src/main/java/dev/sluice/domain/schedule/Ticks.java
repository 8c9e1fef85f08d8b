package dev.sluice.domain.schedule;

import java.time.Instant;
import java.util.Optional;

/// The times of a schedule: full seconds, in ascending order. Used by many threads.
public interface Ticks {

  /// Returns the first tick after a time; empty when there is none before the year 2100.
  Optional<Instant> after(Instant time);
}
