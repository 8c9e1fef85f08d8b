package dev.sluice.application.receiver;

import dev.sluice.application.operate.Series;
import dev.sluice.application.operate.SeriesRange;
import dev.sluice.application.schedule.NextRun;
import dev.sluice.application.subscription.KnownSubscriptions;
import dev.sluice.application.work.ReceiverView;
import dev.sluice.application.work.SubscriptionPauser;
import dev.sluice.domain.figures.Rates;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.TimeLimit;
import dev.sluice.domain.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/// Pauses subscriptions whose receivers have done nothing but fail for days, by the figures of all
/// nodes. Each node checks only receivers that failed its own last requests.
///
/// Subscriptions that nodes count together with others, because too many are busy, are not checked:
/// it is not known whether they succeed.
public final class FailingReceivers {

  private static final Duration CHECK_EVERY = Duration.ofMinutes(10);
  private static final Duration LOOK_FOR_PAUSES_EVERY = Duration.ofSeconds(1);
  private static final Duration STEP = Duration.ofHours(6);

  /// Failures must be as old as the limit and as new as today, give or take this many steps.
  private static final int STEPS_OF_A_DAY = 4;

  /// Each check reads days of figures.
  private static final int MAX_CHECKS = 50;

  private final Dependencies dependencies;
  private final Duration limit;
  private final TimeSource clock;
  private final NextRun nextCheck;
  private final NextRun nextLook;

  /// When a subscription that was paused may be paused again.
  private final Map<SubscriptionName, TimeLimit> graces = new ConcurrentHashMap<>();

  /// @param limit how long nothing but failures is tolerated; zero for ever
  public FailingReceivers(Dependencies dependencies, Duration limit, TimeSource clock) {
    this.dependencies = dependencies;
    this.limit = limit;
    this.clock = clock;
    this.nextCheck = new NextRun(clock);
    nextCheck.in(CHECK_EVERY);
    this.nextLook = new NextRun(clock);
  }

  /// What is known about subscriptions.
  ///
  /// @param known all of them
  /// @param receivers how this node treats their receivers
  /// @param paused the subscriptions that are paused individually
  /// @param series the figures of a subscription
  /// @param pauser pauses
  public record Dependencies(
      Supplier<KnownSubscriptions> known,
      Function<SubscriptionName, Optional<ReceiverView>> receivers,
      Supplier<Set<SubscriptionName>> paused,
      BiFunction<SubscriptionName, SeriesRange, Series> series,
      SubscriptionPauser pauser) {}

  /// Checks the receivers when due. Called by one thread at a time.
  ///
  /// @throws dev.sluice.domain.port.StoreUnavailableException when the storage does not answer
  public void checkWhenDue() {
    if (!limit.isPositive()) {
      return;
    }
    if (nextLook.isDue()) {
      nextLook.in(LOOK_FOR_PAUSES_EVERY);
      // Also those that another node or an operator paused, and that are resumed before the next
      // check.
      dependencies.paused().get().forEach(this::giveGrace);
    }
    if (nextCheck.isDue()) {
      nextCheck.in(CHECK_EVERY);
      check();
    }
  }

  /// Whoever resumes the subscription gets the whole time to fix the receiver.
  private void giveGrace(SubscriptionName name) {
    graces.put(name, TimeLimit.of(clock, limit));
  }

  private void check() {
    Instant now = clock.instant();
    KnownSubscriptions known = dependencies.known().get();
    graces.values().removeIf(TimeLimit::isOver);
    graces.keySet().removeIf(name -> known.find(name).isEmpty());
    List<Subscription> suspects =
        known.all().stream()
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
        giveGrace(suspect.name());
      }
    }
  }

  /// Returns how many subscriptions may not be paused yet.
  int graces() {
    return graces.size();
  }

  private boolean isSuspect(SubscriptionName name) {
    return !graces.containsKey(name)
        && dependencies.receivers().apply(name).filter(FailingReceivers::isFailing).isPresent();
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
