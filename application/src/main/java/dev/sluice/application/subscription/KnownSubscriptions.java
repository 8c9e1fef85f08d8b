package dev.sluice.application.subscription;

import dev.sluice.application.routing.RoutingTable;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Ordering;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.SubscriptionSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The subscriptions at one version of the set, immutable.
public final class KnownSubscriptions {

  private final SubscriptionSet set;
  private final Map<SubscriptionName, Subscription> stored;
  private final List<Subscription> all;
  private final List<Subscription> deleted;
  private final Subscription builtIn;
  private final RoutingTable table;
  private final Map<SubscriptionName, Duration> delays;
  private final Map<SubscriptionName, Ordering> ordered;
  private final boolean isDemoOnly;

  /// @param set what is stored
  /// @param builtIn holds while nothing is stored; afterwards its deliveries are finished
  /// @param previous the table before; its filters need not be read again
  KnownSubscriptions(SubscriptionSet set, Subscription builtIn, RoutingTable previous) {
    this.set = set;
    this.stored =
        set.subscriptions().stream()
            .collect(Collectors.toUnmodifiableMap(Subscription::name, Function.identity()));
    this.all = stored.isEmpty() ? List.of(builtIn) : set.subscriptions();
    this.deleted =
        set.subscriptions().stream()
            .filter(subscription -> !subscription.lifecycle().takesEvents())
            .toList();
    this.builtIn = stored.isEmpty() ? builtIn : builtIn.with(Lifecycle.FINISHING);
    this.table = previous.next(all);
    this.delays = delays(all);
    this.ordered = ordered(all);
    this.isDemoOnly = isDemoOnly(all);
  }

  private static Map<SubscriptionName, Duration> delays(List<Subscription> all) {
    return all.stream()
        .filter(one -> one.definition().policy().delay().isPresent())
        .collect(
            Collectors.toUnmodifiableMap(
                Subscription::name, one -> one.definition().policy().delay().orElseThrow()));
  }

  private static Map<SubscriptionName, Ordering> ordered(List<Subscription> all) {
    return all.stream()
        .filter(one -> one.definition().policy().ordering().isPresent())
        .collect(
            Collectors.toUnmodifiableMap(
                Subscription::name, one -> one.definition().policy().ordering().orElseThrow()));
  }

  private static boolean isDemoOnly(List<Subscription> all) {
    List<Subscription> active = all.stream().filter(one -> one.lifecycle().takesEvents()).toList();
    return !active.isEmpty()
        && active.stream()
            .allMatch(one -> one.definition().destination() instanceof Destination.Demo);
  }

  /// Returns the version of the set.
  public long version() {
    return set.version();
  }

  /// Returns all subscriptions that are not deleted, in the order of their names: the built-in one
  /// if there is no other.
  public List<Subscription> all() {
    return all;
  }

  /// Returns all subscriptions whose deliveries may be processed, including the built-in one after
  /// others were stored: it may have deliveries left.
  public List<Subscription> processed() {
    if (isBuiltIn()) {
      return all;
    }
    var processed = new ArrayList<Subscription>(all);
    if (!stored.containsKey(builtIn.name())) {
      processed.add(builtIn);
    }
    return processed;
  }

  /// Returns the subscription with this name, if it is not deleted.
  public Optional<Subscription> find(SubscriptionName name) {
    Subscription found = stored.get(name);
    if (found == null && name.equals(builtIn.name())) {
      return Optional.of(builtIn);
    }
    return Optional.ofNullable(found);
  }

  /// Returns the stored subscription with this name.
  Optional<Subscription> stored(SubscriptionName name) {
    return Optional.ofNullable(stored.get(name));
  }

  /// Returns the stored subscriptions that were deleted and may have unfinished deliveries.
  List<Subscription> deleted() {
    return deleted;
  }

  /// Returns whether nothing is stored and the built-in subscription holds.
  public boolean isBuiltIn() {
    return stored.isEmpty();
  }

  /// Returns the subscriptions that an event goes to, in the order of their names; none leaves the
  /// event unrouted.
  public List<SubscriptionName> routesFor(Event event) {
    return table.routesFor(event);
  }

  /// Returns how long after an event its deliveries begin, of the subscriptions that delay them.
  public Map<SubscriptionName, Duration> delays() {
    return delays;
  }

  /// Returns the ordering of each ordered subscription.
  public Map<SubscriptionName, Ordering> ordered() {
    return ordered;
  }

  RoutingTable table() {
    return table;
  }

  /// Returns whether all events go to the demo handler, so that a completed one is not delivered
  /// anywhere.
  public boolean isDemoOnly() {
    return isDemoOnly;
  }

  Map<SubscriptionName, Subscription> stored() {
    return stored;
  }
}
