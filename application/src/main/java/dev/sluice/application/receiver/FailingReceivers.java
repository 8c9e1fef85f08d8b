package dev.sluice.application.receiver;

import dev.sluice.application.operate.Series;
import dev.sluice.application.operate.SeriesRange;
import dev.sluice.application.schedule.NextRun;
import dev.sluice.application.subscription.KnownSubscriptions;
import dev.sluice.application.work.ReceiverView;
import dev.sluice.application.work.SubscriptionPauser;
import dev.sluice.domain.figures.Rates;
import dev.sluice.domain.subscription.PauseScope;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.TimeLimit;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Pauses subscriptions whose receivers have done nothing but fail for days, by the figures of all
/// nodes. Each node checks only receivers that failed its own last requests.
///
/// Subscriptions that nodes count together with others, because too many are busy, are not checked:
/// it is not known whether they succeed.
public final class FailingReceivers {

  private static final Duration CHECK_EVERY = Duration.ofMinutes(10);
  private static final Duration STEP = Duration.ofHours(6);

  /// Failures must be as old as the limit and as new as today, give or take this many steps.
  private static final int STEPS_OF_A_DAY = 4;

  /// Each check reads days of figures.
  private static final int MAX_CHECKS = 50;

  private final Dependencies dependencies;
  private final Duration limit;
  private final TimeSource clock;
  private final NextRun nextCheck;

  /// When a subscription that was paused may be paused again.
  private final Map<SubscriptionName, TimeLimit> graces = new ConcurrentHashMap<>();

  /// @param limit how long nothing but failures is tolerated; zero for ever
  public FailingReceivers(Dependencies dependencies, Duration limit, TimeSource clock) {
    this.dependencies = dependencies;
    this.limit = limit;
    this.clock = clock;
    this.nextCheck = new NextRun(clock);
    nextCheck.in(CHECK_EVERY);
  }

  /// What is known about subscriptions.
  ///
  /// @param known all of them
  /// @param receivers how this node treats their receivers
  /// @param isPaused whether a subscription is paused
  /// @param series the figures of a subscription
  /// @param pauser pauses
  public record Dependencies(
      Supplier<KnownSubscriptions> known,
      Function<SubscriptionName, Optional<ReceiverView>> receivers,
      Predicate<PauseScope> isPaused,
      BiFunction<SubscriptionName, SeriesRange, Series> series,
      SubscriptionPauser pauser) {}

  /// Checks the receivers when due. Called by one thread at a time.
  ///
  /// @throws dev.sluice.domain.port.StoreUnavailableException when the storage does not answer
  public void checkWhenDue() {
    if (limit.isPositive() && nextCheck.isDue()) {
      nextCheck.in(CHECK_EVERY);
      check();
    }
  }

  private void check() {
    Instant now = clock.instant();
    List<Subscription> suspects =
        dependencies.known().get().all().stream()
            .filter(subscription -> subscription.changedAt().isBefore(now.minus(limit)))
            .filter(subscription -> isSuspect(subscription.name()))
            .limit(MAX_CHECKS)
            .toList();
    for (Subscription suspect : suspects) {
      SeriesRange range = SeriesRange.of(now.minus(limit), now, Optional.of(STEP), now);
      if (hasOnlyFailed(dependencies.series().apply(suspect.name(), range))) {
        dependencies
            .pauser()
            .pause(
                suspect.name(),
                "Every attempt failed for %d days. Fix the receiver, then resume the subscription."
                    .formatted(limit.toDays()));
      }
    }
  }

  private boolean isSuspect(SubscriptionName name) {
    if (dependencies.isPaused().test(new PauseScope.One(name))) {
      // An operator who resumes it gets the whole time to fix the receiver.
      graces.put(name, TimeLimit.of(clock, limit));
      return false;
    }
    TimeLimit grace = graces.get(name);
    if (grace != null && !grace.isOver()) {
      return false;
    }
    graces.remove(name);
    return dependencies.receivers().apply(name).filter(FailingReceivers::isFailing).isPresent();
  }

  private static boolean isFailing(ReceiverView view) {
    int all = view.recent().values().stream().mapToInt(Integer::intValue).sum();
    return all > 0 && view.recent().getOrDefault("2xx", 0) == 0;
  }

  private static boolean hasOnlyFailed(Series series) {
    List<Optional<Rates>> steps = series.points().stream().map(Series.Point::rates).toList();
    boolean hasSucceeded =
        steps.stream().flatMap(Optional::stream).anyMatch(rates -> rates.completed() > 0);
    int some = Math.min(STEPS_OF_A_DAY, steps.size());
    return !series.isAmongOthers()
        && !hasSucceeded
        && hasFailed(steps.subList(0, some))
        && hasFailed(steps.subList(steps.size() - some, steps.size()));
  }

  private static boolean hasFailed(List<Optional<Rates>> steps) {
    return steps.stream()
        .flatMap(Optional::stream)
        .anyMatch(rates -> rates.failed() + rates.retried() > 0);
  }
}
