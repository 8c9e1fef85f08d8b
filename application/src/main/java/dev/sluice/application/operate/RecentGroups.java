package dev.sluice.application.operate;

import dev.sluice.domain.port.DeadLetters;
import dev.sluice.domain.port.ErrorGroup;
import dev.sluice.domain.time.TimeLimit;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Groups of dead letters, queried once for all callers within two seconds.
final class RecentGroups {

  private static final Duration GOOD_FOR = Duration.ofSeconds(2);
  private static final Duration TREND = Duration.ofHours(1);

  private final DeadLetters deadLetters;
  private final TimeSource clock;

  /// Guarded by this object's monitor, as is the next field.
  private List<ErrorGroup> known = List.of();

  private TimeLimit goodFor;

  RecentGroups(DeadLetters deadLetters, TimeSource clock) {
    this.deadLetters = deadLetters;
    this.clock = clock;
    this.goodFor = TimeLimit.of(clock, Duration.ZERO);
  }

  /// The largest groups, largest first; their trend compares the last hour with the hour before.
  synchronized List<ErrorGroup> largest(int limit) {
    if (goodFor.isOver()) {
      Instant now = clock.instant();
      TimeLimit good = TimeLimit.of(clock, GOOD_FOR);
      var trend = new ErrorGroup.Trend(now.minus(TREND.multipliedBy(2)), now.minus(TREND));
      known = deadLetters.groups(trend, DeadLetters.MAX_GROUPS);
      goodFor = good;
    }
    return known.subList(0, Math.min(limit, known.size()));
  }
}
