package dev.sluice.admin.model;

import dev.sluice.admin.api.Response;
import dev.sluice.admin.api.SubscriptionAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// How many attempts had a status of each class, in equal steps of time. An attempt counts when its
/// response came.
///
/// @param from start of the first step
/// @param until end of the last step
/// @param steps from the oldest to the newest; empty if there was no attempt
public record StatusHistory(Instant from, Instant until, List<Step> steps) {

  /// Number of steps of a history with attempts.
  public static final int STEPS = 40;

  /// Keeps attempts at the same time from stretching over the whole chart.
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  public StatusHistory {
    steps = List.copyOf(steps);
  }

  /// The attempts in a step of time.
  ///
  /// @param counts number of attempts by class; classes without any may be missing
  public record Step(Map<StatusClass, Integer> counts) {

    public Step {
      counts = Map.copyOf(counts);
    }

    /// Returns the number of attempts with a status of a class; all of them for [StatusClass#ALL].
    public int count(StatusClass status) {
      return status == StatusClass.ALL
          ? counts.values().stream().mapToInt(Integer::intValue).sum()
          : counts.getOrDefault(status, 0);
    }
  }

  /// Returns the history from the oldest attempt until now, or until the newest attempt if the
  /// clock of the service is ahead. Ignores attempts for which no request was completed.
  public static StatusHistory of(List<SubscriptionAttempt> attempts, Instant now) {
    List<Instant> times = attempts.stream().flatMap(one -> timeOf(one).stream()).toList();
    if (times.isEmpty()) {
      return new StatusHistory(now, now, List.of());
    }
    Instant oldest = times.stream().min(Comparator.naturalOrder()).orElse(now);
    Instant newest = times.stream().max(Comparator.naturalOrder()).orElse(now);
    Instant until = newest.isAfter(now) ? newest : now;
    // Rounded up, so that the first step begins no later than the oldest attempt.
    Duration exact = Duration.between(oldest, until).plusNanos(STEPS - 1).dividedBy(STEPS);
    Duration step = exact.compareTo(SHORTEST) < 0 ? SHORTEST : exact;
    Instant from = until.minus(step.multipliedBy(STEPS));
    return new StatusHistory(from, until, stepsOf(attempts, from, step));
  }

  private static Optional<Instant> timeOf(SubscriptionAttempt attempt) {
    return attempt.response() == null
        ? Optional.empty()
        : Optional.of(Optional.ofNullable(attempt.endedAt()).orElse(attempt.startedAt()));
  }

  private static List<Step> stepsOf(
      List<SubscriptionAttempt> attempts, Instant from, Duration step) {
    List<Map<StatusClass, Integer>> counts = new ArrayList<>();
    IntStream.range(0, STEPS).forEach(_ -> counts.add(new EnumMap<>(StatusClass.class)));
    for (SubscriptionAttempt attempt : attempts) {
      Response response = attempt.response();
      if (response != null) {
        Instant time = timeOf(attempt).orElse(from);
        long place = Math.min(STEPS - 1, Duration.between(from, time).dividedBy(step));
        counts.get((int) place).merge(StatusClass.of(response), 1, Integer::sum);
      }
    }
    return counts.stream().map(Step::new).toList();
  }

  /// Whether there was no attempt.
  public boolean isEmpty() {
    return steps.isEmpty();
  }

  /// Returns the number of attempts with a status of a class; all of them for [StatusClass#ALL].
  public int total(StatusClass status) {
    return steps.stream().mapToInt(step -> step.count(status)).sum();
  }
}
