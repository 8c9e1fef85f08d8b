package dev.sluice.application.operate;

import dev.sluice.domain.figures.CountsBySubscription;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.time.TimeLimit;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.util.Optional;

/// Counts by subscription, queried once for all callers within two seconds, and so rarely that they
/// take the storage no more than a tenth of the time.
final class RecentCounts {

  private static final Duration GOOD_FOR = Duration.ofSeconds(2);
  private static final Duration PAUSE_AFTER_ERROR = Duration.ofSeconds(5);
  private static final int SHARE = 10;

  private final EventStore events;
  private final TimeSource clock;

  /// Guarded by this object's monitor, as is the next field.
  private Optional<Figures.SubscriptionLoad> known = Optional.empty();

  private TimeLimit goodFor;

  RecentCounts(EventStore events, TimeSource clock) {
    this.events = events;
    this.clock = clock;
    this.goodFor = TimeLimit.of(clock, Duration.ZERO);
  }

  /// Returns the counts; empty while the storage does not answer.
  synchronized Optional<Figures.SubscriptionLoad> get() {
    if (goodFor.isOver()) {
      long begin = clock.nanoTime();
      try {
        CountsBySubscription counts = events.countsBySubscription();
        known = Optional.of(new Figures.SubscriptionLoad(counts, clock.instant()));
        Duration rest = Duration.ofNanos(clock.nanoTime() - begin).multipliedBy(SHARE);
        goodFor = TimeLimit.of(clock, rest.compareTo(GOOD_FOR) > 0 ? rest : GOOD_FOR);
      } catch (PortException e) {
        // The probe of the storage reports it; here the counts are unknown.
        known = Optional.empty();
        goodFor = TimeLimit.of(clock, PAUSE_AFTER_ERROR);
      }
    }
    return known;
  }
}
