package dev.sluice.application.operate;

import dev.sluice.domain.figures.DueCounts;
import dev.sluice.domain.port.EventStore;
import dev.sluice.domain.time.TimeLimit;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.util.Optional;

/// What becomes due in the next hour, minute by minute; queried once for all callers within five
/// seconds, and so rarely that it takes the storage no more than a tenth of the time.
final class RecentDueCounts {

  private static final Duration STEP = Duration.ofMinutes(1);
  private static final int STEPS = 60;
  private static final Duration GOOD_FOR = Duration.ofSeconds(5);
  private static final int SHARE = 10;

  private final EventStore events;
  private final TimeSource clock;

  /// Guarded by this object's monitor, as is the next field.
  private Optional<DueCounts> known = Optional.empty();

  private TimeLimit goodFor;

  RecentDueCounts(EventStore events, TimeSource clock) {
    this.events = events;
    this.clock = clock;
    this.goodFor = TimeLimit.of(clock, Duration.ZERO);
  }

  synchronized DueCounts get() {
    if (known.isEmpty() || goodFor.isOver()) {
      long begin = clock.nanoTime();
      known = Optional.of(events.dueSoon(STEP, STEPS));
      Duration rest = Duration.ofNanos(clock.nanoTime() - begin).multipliedBy(SHARE);
      goodFor = TimeLimit.of(clock, rest.compareTo(GOOD_FOR) > 0 ? rest : GOOD_FOR);
    }
    return known.get();
  }
}
