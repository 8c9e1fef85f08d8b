package dev.sluice.application.work;

import dev.sluice.application.schedule.NextRun;
import dev.sluice.domain.port.PauseStore;
import dev.sluice.domain.subscription.Pause;
import dev.sluice.domain.subscription.PauseScope;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.TimeSource;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Pauses and resumes processing, and knows what is paused: at once on the node that is called, on
/// the others within about a second.
public final class Pauses {

  private static final System.Logger LOG = System.getLogger(Pauses.class.getName());
  private static final Duration REFRESH_EVERY = Duration.ofSeconds(1);

  private final PauseStore store;
  private final TimeSource clock;
  private final Consumer<PausedWork> listener;

  /// Held while the store is queried, so that a change made on this node is not overwritten by what
  /// was read before it. Guards `known` and `nextRefresh`.
  private final ReentrantLock asking = new ReentrantLock();

  private volatile Map<PauseScope, Pause> known = Map.of();
  private final NextRun nextRefresh;

  /// The known pauses that are not over. Changed under this object's monitor, under which no thread
  /// waits for the store.
  private volatile Map<PauseScope, Pause> active = Map.of();

  /// @param listener receives what is paused, whenever that changes
  public Pauses(PauseStore store, TimeSource clock, Consumer<PausedWork> listener) {
    this.store = store;
    this.clock = clock;
    this.nextRefresh = new NextRun(clock);
    this.listener = listener;
  }

  /// Pauses from now on, and replaces an earlier pause of the same scope. Running attempts may
  /// finish.
  ///
  /// @param reason why; see [Pause#problemWith]
  /// @param by who pauses
  /// @param until when it ends by itself; [Instant#MAX] for never
  /// @throws dev.sluice.domain.port.StoreUnavailableException when it is unknown whether the pause
  ///   was stored
  public Pause pause(PauseScope scope, String reason, String by, Instant until) {
    var pause = new Pause(scope, reason, by, clock.instant(), until);
    asking.lock();
    try {
      store.put(pause);
      var more = new HashMap<>(known);
      more.put(scope, pause);
      known = Map.copyOf(more);
    } finally {
      asking.unlock();
    }
    apply();
    return pause;
  }

  /// Ends a pause, if there is one.
  ///
  /// @throws dev.sluice.domain.port.StoreUnavailableException when it is unknown whether it ended
  public void resume(PauseScope scope) {
    asking.lock();
    try {
      store.remove(scope);
      var fewer = new HashMap<>(known);
      fewer.remove(scope);
      known = Map.copyOf(fewer);
    } finally {
      asking.unlock();
    }
    apply();
  }

  /// The pause of this scope, if one is in force.
  public Optional<Pause> of(PauseScope scope) {
    return Optional.ofNullable(active.get(scope)).filter(pause -> !pause.isOver(clock.instant()));
  }

  /// The pause that holds up the deliveries of a subscription: its own, or that of all processing.
  public Optional<Pause> holding(SubscriptionName subscription) {
    return of(new PauseScope.One(subscription)).or(() -> of(PauseScope.EVERYTHING));
  }

  /// What is paused.
  public PausedWork paused() {
    return work(active.keySet());
  }

  /// Reads the pauses from the store when due.
  public void refreshWhenDue() {
    asking.lock();
    try {
      if (!nextRefresh.isDue()) {
        return;
      }
      readFromStore();
    } finally {
      asking.unlock();
    }
    apply();
  }

  /// Reads the pauses from the store now.
  ///
  /// @throws dev.sluice.domain.port.StoreUnavailableException when the store does not answer
  public void refresh() {
    asking.lock();
    try {
      readFromStore();
    } finally {
      asking.unlock();
    }
    apply();
  }

  private void readFromStore() {
    nextRefresh.in(REFRESH_EVERY);
    known = store.all().stream().collect(Collectors.toUnmodifiableMap(Pause::scope, one -> one));
  }

  /// Ends pauses whose time is over. Called often; never waits for the store.
  public void tick() {
    if (!known.isEmpty()) {
      apply();
    }
  }

  private synchronized void apply() {
    Instant now = clock.instant();
    Map<PauseScope, Pause> before = active;
    Map<PauseScope, Pause> after =
        known.values().stream()
            .filter(pause -> !pause.isOver(now))
            .collect(Collectors.toUnmodifiableMap(Pause::scope, one -> one));
    if (after.equals(before)) {
      return;
    }
    active = after;
    logChanges(before, after);
    listener.accept(work(after.keySet()));
  }

  private static PausedWork work(Set<PauseScope> scopes) {
    return new PausedWork(
        scopes.contains(PauseScope.EVERYTHING),
        scopes.stream()
            .filter(PauseScope.One.class::isInstance)
            .map(scope -> ((PauseScope.One) scope).subscription())
            .collect(Collectors.toSet()));
  }

  private static void logChanges(Map<PauseScope, Pause> before, Map<PauseScope, Pause> after) {
    after.forEach(
        (scope, pause) -> {
          if (!pause.equals(before.get(scope))) {
            logPause(scope, pause);
          }
        });
    before
        .keySet()
        .forEach(
            scope -> {
              if (!after.containsKey(scope)) {
                LOG.log(Level.INFO, "resumed " + named(scope));
              }
            });
  }

  private static void logPause(PauseScope scope, Pause pause) {
    String end = pause.end().map(until -> " until " + until).orElse("");
    LOG.log(
        Level.INFO, "paused " + named(scope) + end + " by " + pause.by() + ": " + pause.reason());
  }

  private static String named(PauseScope scope) {
    return switch (scope) {
      case PauseScope.Everything() -> "all processing";
      case PauseScope.One(SubscriptionName name) -> "subscription " + name;
    };
  }
}
