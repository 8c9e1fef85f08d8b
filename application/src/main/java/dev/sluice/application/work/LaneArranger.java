package dev.sluice.application.work;

import dev.sluice.application.schedule.NextRun;
import dev.sluice.application.subscription.KnownSubscriptions;
import dev.sluice.domain.lane.Lanes;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Ordering;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.TimeSource;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Makes the stored deliveries of subscriptions agree with their ordering, a part at a time. Until
/// that is done, their deliveries are not claimed on this node.
public final class LaneArranger {

  private static final System.Logger LOG = System.getLogger(LaneArranger.class.getName());

  /// The time between two looks at lanes that should need nothing: another node may have stopped in
  /// the middle of a change.
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

  /// The number of deliveries that one step changes: it holds up other writes for milliseconds.
  private static final int STEP = 500;

  /// Most steps of a subscription before another one has its turn.
  private static final int STEPS = 10;

  private final Optional<Lanes> lanes;
  private final Supplier<KnownSubscriptions> subscriptions;
  private final LongSupplier stored;
  private final NextRun nextLook;

  /// The ordering that each subscription was arranged by; absent also when it has none.
  private final Map<SubscriptionName, Ordering> arranged = new ConcurrentHashMap<>();

  private volatile Map<SubscriptionName, Long> blocked = Map.of();

  /// Replaced as a whole. Two threads may compute it at once; both compute the same.
  private volatile Pending pending;

  /// @param known from which it was computed
  /// @param names subscriptions to arrange
  private record Pending(KnownSubscriptions known, Set<SubscriptionName> names) {}

  /// @param lanes empty when the storage has none
  /// @param stored returns the version of the set of subscriptions that is stored
  public LaneArranger(
      Optional<Lanes> lanes,
      Supplier<KnownSubscriptions> subscriptions,
      LongSupplier stored,
      TimeSource clock) {
    this.lanes = lanes;
    this.subscriptions = subscriptions;
    this.stored = stored;
    this.nextLook = new NextRun(clock);
    this.pending = compute(subscriptions.get());
  }

  /// Returns the subscriptions that are not arranged yet. Costs nothing while none changes.
  Set<SubscriptionName> pending() {
    KnownSubscriptions known = subscriptions.get();
    Pending current = pending;
    if (current.known() != known) {
      current = compute(known);
      pending = current;
    }
    return current.names();
  }

  private Pending compute(KnownSubscriptions known) {
    Set<SubscriptionName> names =
        lanes.isEmpty()
            ? Set.of()
            : known.all().stream()
                .filter(one -> !ordering(one).equals(arrangedBy(one.name())))
                .map(Subscription::name)
                .collect(Collectors.toUnmodifiableSet());
    return new Pending(known, names);
  }

  /// Lanes of a subscription whose deliveries are being cancelled are of no use.
  private static Optional<Ordering> ordering(Subscription subscription) {
    return subscription.lifecycle() == Lifecycle.CANCELLING
        ? Optional.empty()
        : subscription.definition().policy().ordering();
  }

  private Optional<Ordering> arrangedBy(SubscriptionName name) {
    return Optional.ofNullable(arranged.get(name));
  }

  /// Returns the number of blocked lanes of each subscription that has any, as of the last look.
  public Map<SubscriptionName, Long> blocked() {
    return blocked;
  }

  /// Does the next steps of each subscription that is not arranged, and looks at the others when
  /// due. Called by one thread at a time.
  public void arrange() {
    KnownSubscriptions known = subscriptions.get();
    boolean looksAtAll = nextLook.isDue();
    Set<SubscriptionName> toDo = pending();
    if (lanes.isEmpty() || (!looksAtAll && toDo.isEmpty()) || isOld(known)) {
      return;
    }
    for (Subscription one : known.all()) {
      if (looksAtAll || toDo.contains(one.name())) {
        tryToArrange(lanes.get(), one.name(), ordering(one));
      }
    }
    if (looksAtAll) {
      nextLook.in(BETWEEN_LOOKS);
      releaseDeleted(lanes.get(), known);
      blocked = lanes.get().countBlocked();
    }
    pending = compute(known);
  }

  /// Whether another node has changed a subscription: its lanes must not be changed back.
  private boolean isOld(KnownSubscriptions known) {
    return known.version() != stored.getAsLong();
  }

  /// A subscription of the same name may be created again.
  private void releaseDeleted(Lanes storage, KnownSubscriptions known) {
    for (SubscriptionName name : Set.copyOf(arranged.keySet())) {
      if (known.find(name).isEmpty()) {
        tryToArrange(storage, name, Optional.empty());
      }
    }
  }

  /// A subscription that cannot be arranged must not keep others from it.
  private void tryToArrange(Lanes storage, SubscriptionName name, Optional<Ordering> ordering) {
    try {
      arrange(storage, name, ordering);
    } catch (PortException e) {
      LOG.log(Level.WARNING, "cannot arrange the lanes of " + name + ", retrying", e);
    }
  }

  private void arrange(Lanes storage, SubscriptionName name, Optional<Ordering> ordering) {
    for (int step = 0; storage.arrange(name, ordering, STEP); ) {
      step++;
      if (step == STEPS) {
        arranged.remove(name);
        return;
      }
    }
    ordering.ifPresentOrElse(one -> arranged.put(name, one), () -> arranged.remove(name));
  }
}
