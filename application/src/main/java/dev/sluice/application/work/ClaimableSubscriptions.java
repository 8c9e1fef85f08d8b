package dev.sluice.application.work;

import dev.sluice.application.subscription.KnownSubscriptions;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The subscriptions whose deliveries may begin on this node now: known, with a handler here, and
/// not paused, with its lanes arranged.
final class ClaimableSubscriptions {

  private final Handlers handlers;
  private final Gate gate;
  private final LaneArranger lanes;

  /// Replaced as a whole. Two threads may compute it at once; both compute the same.
  private volatile Names current;

  /// @param known from which it was computed
  /// @param paused from which it was computed
  /// @param unarranged from which it was computed
  /// @param only the one among them that still gets events, if there is one such
  /// @param receiving all subscriptions that deliver to receivers, paused ones too
  /// @param used the pools whose slots those among them take
  private record Names(
      KnownSubscriptions known,
      PausedWork paused,
      Set<SubscriptionName> unarranged,
      Set<SubscriptionName> names,
      Optional<SubscriptionName> only,
      Set<SubscriptionName> receiving,
      Set<SlotPool> used) {}

  ClaimableSubscriptions(Handlers handlers, Gate gate, LaneArranger lanes) {
    this.handlers = handlers;
    this.gate = gate;
    this.lanes = lanes;
    this.current = compute(handlers.known(), gate.paused(), lanes.pending());
  }

  /// Returns their names. Costs nothing while neither subscriptions nor pauses change.
  Set<SubscriptionName> names() {
    return current().names();
  }

  /// Returns the subscription that need not share the slots: no other gets events.
  Optional<SubscriptionName> only() {
    return current().only();
  }

  private Names current() {
    KnownSubscriptions known = handlers.known();
    PausedWork paused = gate.paused();
    Set<SubscriptionName> unarranged = lanes.pending();
    Names names = current;
    if (names.known() != known
        || !names.paused().equals(paused)
        || !names.unarranged().equals(unarranged)) {
      names = compute(known, paused, unarranged);
      current = names;
    }
    return names;
  }

  /// Returns how many attempts of a subscription may be in progress on all nodes together.
  int concurrencyOf(SubscriptionName name) {
    return handlers.concurrencyOf(name);
  }

  /// Returns the pool whose slots the deliveries of a subscription take.
  SlotPool poolOf(SubscriptionName name) {
    Set<SubscriptionName> receiving = current().receiving();
    return !receiving.isEmpty() && receiving.contains(name)
        ? SlotPool.RECEIVERS
        : SlotPool.HANDLERS;
  }

  /// Returns how many attempts of a subscription its receiver allows on this node now.
  int limitOf(SubscriptionName name) {
    return handlers.limitOf(name);
  }

  /// Whether a subscription that may be claimed takes slots of a pool.
  boolean uses(SlotPool pool) {
    return current().used().contains(pool);
  }

  /// Whether deliveries to receivers may begin on this node.
  boolean needsReceivers() {
    return !current().receiving().isEmpty();
  }

  boolean contains(SubscriptionName name) {
    return names().contains(name);
  }

  private Names compute(
      KnownSubscriptions known, PausedWork paused, Set<SubscriptionName> unarranged) {
    Set<SubscriptionName> names =
        paused.isEverything()
            ? Set.of()
            : known.processed().stream()
                .filter(handlers::canProcess)
                .map(Subscription::name)
                .filter(name -> !paused.holds(name) && !unarranged.contains(name))
                .collect(Collectors.toUnmodifiableSet());
    List<SubscriptionName> active =
        known.all().stream()
            .filter(subscription -> subscription.lifecycle().takesEvents())
            .map(Subscription::name)
            .limit(2)
            .toList();
    Optional<SubscriptionName> only =
        active.size() == 1 ? Optional.of(active.getFirst()) : Optional.empty();
    Set<SubscriptionName> receiving = receiving(known);
    return new Names(known, paused, unarranged, names, only, receiving, used(names, receiving));
  }

  private static Set<SlotPool> used(Set<SubscriptionName> names, Set<SubscriptionName> receiving) {
    return names.stream()
        .map(name -> receiving.contains(name) ? SlotPool.RECEIVERS : SlotPool.HANDLERS)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Set<SubscriptionName> receiving(KnownSubscriptions known) {
    return known.processed().stream()
        .filter(handlers::hasReceiver)
        .map(Subscription::name)
        .collect(Collectors.toUnmodifiableSet());
  }
}
