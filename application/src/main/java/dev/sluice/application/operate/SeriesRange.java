package dev.sluice.application.operate;

import dev.sluice.domain.figures.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A range of the past, cut into steps.
///
/// @param from when the first step begins: a multiple of the step since 1970
/// @param to when the last step ends; may lie in the future
/// @param step how long a step is
/// @param tier how finely the history is cut that the steps are made of
public record SeriesRange(Instant from, Instant to, Duration step, Tier tier) {

  /// Most steps.
  public static final int MAX_POINTS = 500;

  /// The steps to choose from when none is asked for.
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(3),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(20),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofDays(1));

  /// The steps that cover a range.
  ///
  /// @param from the first time of interest
  /// @param to the last; not later than now
  /// @param step how long steps are to be; else the shortest that makes at most [#MAX_POINTS] and
  ///   for which there is history
  /// @throws SeriesRangeException when there are no such steps; the message says what to change
  public static SeriesRange of(Instant from, Instant to, Optional<Duration> step, Instant now) {
    if (!from.isBefore(now)) {
      throw new SeriesRangeException("from", "must be in the past");
    }
    if (!from.isBefore(to)) {
      throw new SeriesRangeException("to", "must be later than from");
    }
    Instant end = to.isAfter(now) ? now : to;
    if (step.isPresent()) {
      return exactly(from, end, step.get(), now);
    }
    return STEPS.stream()
        .filter(one -> tier(from, one, now).isPresent())
        .map(one -> aligned(from, end, one, now))
        .filter(range -> range.points() <= MAX_POINTS)
        .findFirst()
        .orElseThrow(
            () ->
                new SeriesRangeException(
                    "from",
                    "is too long ago: figures are kept for "
                        + Tier.TEN_MINUTES.kept().toDays()
                        + " days"));
  }

  private static SeriesRange exactly(Instant from, Instant to, Duration step, Instant now) {
    if (tier(now, step, now).isEmpty()) {
      throw new SeriesRangeException("step", "must be a multiple of 10 seconds, up to a day");
    }
    if (tier(from, step, now).isEmpty()) {
      throw new SeriesRangeException(
          "step", "must be a multiple of " + finest(from, now) + " that long ago");
    }
    SeriesRange range = aligned(from, to, step, now);
    if (range.points() > MAX_POINTS) {
      throw new SeriesRangeException(
          "step",
          "makes %d points of this range, and there may be %d: make it longer, or the range shorter"
              .formatted(range.points(), MAX_POINTS));
    }
    return range;
  }

  private static SeriesRange aligned(Instant from, Instant to, Duration step, Instant now) {
    long seconds = step.toSeconds();
    long first = Math.floorDiv(from.getEpochSecond(), seconds) * seconds;
    long last = Math.ceilDiv(to.plusNanos(999_999_999).getEpochSecond(), seconds) * seconds;
    return new SeriesRange(
        Instant.ofEpochSecond(first),
        Instant.ofEpochSecond(last),
        step,
        tier(from, step, now).orElseThrow());
  }

  /// The coarsest tier that steps can be made of and that goes back so far: fewest slices to read.
  private static Optional<Tier> tier(Instant from, Duration step, Instant now) {
    boolean isSane =
        step.isPositive() && step.compareTo(Duration.ofDays(1)) <= 0 && step.toNanosPart() == 0;
    return isSane
        ? List.of(Tier.values()).reversed().stream()
            .filter(tier -> step.toSeconds() % tier.length().toSeconds() == 0)
            .filter(tier -> reaches(tier, from, now))
            .findFirst()
        : Optional.empty();
  }

  /// Before the week nothing is known, whatever the tier.
  private static boolean reaches(Tier tier, Instant from, Instant now) {
    return tier == Tier.TEN_MINUTES || !from.isBefore(now.minus(tier.kept()).minusSeconds(1));
  }

  private static String finest(Instant from, Instant now) {
    return reaches(Tier.MINUTE, from, now) ? "1 minute" : "10 minutes";
  }

  /// How many steps there are.
  public int points() {
    long points = Duration.between(from, to).dividedBy(step);
    return (int) Math.min(points, Integer.MAX_VALUE);
  }
}
