package dev.sluice.application.operate;

import dev.sluice.domain.figures.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A range of the past, divided into steps.
///
/// @param from start of the first step: a multiple of the step since 1970
/// @param to end of the last step; may lie in the future
/// @param step length of a step
/// @param tier resolution of the history that the steps are computed from
public record SeriesRange(Instant from, Instant to, Duration step, Tier tier) {

  /// The maximum number of steps.
  public static final int MAX_POINTS = 500;

  /// The step lengths to choose from when none is requested.
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

  /// Returns the steps that cover a range.
  ///
  /// @param from the first time of interest
  /// @param to the last time of interest; a time after now means now
  /// @param step length of the steps; when absent, the shortest that makes at most [#MAX_POINTS]
  ///   steps and for which there is history
  /// @throws SeriesRangeException when there are no such steps; the message says what to change
  public static SeriesRange of(Instant from, Instant to, Optional<Duration> step, Instant now) {
    if (!from.isBefore(now)) {
      throw new SeriesRangeException("from", "must be in the past");
    }
    if (!from.isBefore(to)) {
      throw new SeriesRangeException("to", "must be later than from");
    }
    Instant end = to.isAfter(now) ? now : to;
    return step.isPresent()
        ? exactly(from, end, step.get(), now)
        : withShortestStep(from, end, now);
  }

  private static SeriesRange exactly(Instant from, Instant to, Duration step, Instant now) {
    if (tier(now, step, now).isEmpty()) {
      throw new SeriesRangeException("step", "must be a multiple of 10 seconds, up to a day");
    }
    if (tier(from, step, now).isEmpty()) {
      throw new SeriesRangeException(
          "step",
          "must be a multiple of " + finest(from, now) + " for a range that begins so early");
    }
    SeriesRange range = aligned(from, to, step, now);
    if (range.points() > MAX_POINTS) {
      throw new SeriesRangeException(
          "step",
          "makes %d points of this range, more than %d: choose a longer step or a shorter range"
              .formatted(range.points(), MAX_POINTS));
    }
    return range;
  }

  private static SeriesRange withShortestStep(Instant from, Instant to, Instant now) {
    return STEPS.stream()
        .filter(step -> tier(from, step, now).isPresent())
        .map(step -> aligned(from, to, step, now))
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

  /// The coarsest tier that divides the step and reaches back to `from`: it has the fewest slices
  /// to read.
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

  /// Whether a tier reaches back to `from`. The ten-minute tier is kept longest, for a week; it
  /// serves any range, because nothing is known from before.
  private static boolean reaches(Tier tier, Instant from, Instant now) {
    return tier == Tier.TEN_MINUTES || !from.isBefore(now.minus(tier.kept()).minusSeconds(1));
  }

  private static String finest(Instant from, Instant now) {
    return reaches(Tier.MINUTE, from, now) ? "1 minute" : "10 minutes";
  }

  /// The number of steps.
  public int points() {
    long points = Duration.between(from, to).dividedBy(step);
    return (int) Math.min(points, Integer.MAX_VALUE);
  }
}
