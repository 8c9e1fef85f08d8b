package dev.sluice.application.operate;

import dev.sluice.domain.port.DeadLetters;
import dev.sluice.domain.port.ErrorGroup;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Groups of dead letters, asked for once however many callers want them at about the same time.
final class RecentGroups {

  private static final Duration GOOD_FOR = Duration.ofSeconds(2);
  private static final Duration TREND = Duration.ofHours(1);

  private final DeadLetters deadLetters;
  private final InstantSource clock;

  /// Both guarded by this object's monitor.
  private List<ErrorGroup> known = List.of();

  private Instant goodUntil = Instant.MIN;

  RecentGroups(DeadLetters deadLetters, InstantSource clock) {
    this.deadLetters = deadLetters;
    this.clock = clock;
  }

  /// Largest first; their trend compares the last hour with the one before.
  synchronized List<ErrorGroup> largest(int limit) {
    Instant now = clock.instant();
    if (!now.isBefore(goodUntil)) {
      var trend = new ErrorGroup.Trend(now.minus(TREND.multipliedBy(2)), now.minus(TREND));
      known = deadLetters.groups(trend, DeadLetters.MAX_GROUPS);
      goodUntil = now.plus(GOOD_FOR);
    }
    return known.subList(0, Math.min(limit, known.size()));
  }
}
