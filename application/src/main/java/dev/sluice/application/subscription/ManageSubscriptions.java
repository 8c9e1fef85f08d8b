package dev.sluice.application.subscription;

import dev.sluice.domain.port.DeliveryQueue;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.Subscription.Origin;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import dev.sluice.domain.subscription.SubscriptionChangeResult;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Creates, replaces and deletes subscriptions.
///
/// Every method may throw [dev.sluice.domain.port.StoreUnavailableException]; then it is unknown
/// whether the change was stored.
public final class ManageSubscriptions {

  /// Unfinished deliveries are counted up to this number.
  public static final int MAX_COUNTED = 10_000;

  private final SubscriptionStore store;
  private final SubscriptionCache cache;
  private final DeliveryQueue queue;
  private final InstantSource clock;

  public ManageSubscriptions(
      SubscriptionStore store, SubscriptionCache cache, DeliveryQueue queue, InstantSource clock) {
    this.store = store;
    this.cache = cache;
    this.queue = queue;
    this.clock = clock;
  }

  /// What becomes of the unfinished deliveries of a deleted subscription.
  public enum Deliveries {
    /// Waiting ones are cancelled.
    CANCEL,
    /// They are processed to their end.
    FINISH
  }

  /// Creates or replaces a subscription.
  ///
  /// @param expected which version may be replaced
  /// @param by who does it
  public SubscriptionEdit put(
      SubscriptionName name, SubscriptionDefinition definition, Expected expected, String by) {
    cache.refresh();
    Optional<Subscription> stored = cache.current().stored(name);
    if (stored.isPresent()) {
      Subscription before = stored.get();
      if (before.origin() == Origin.FILE) {
        return new SubscriptionEdit.ManagedByFile(before);
      }
      if (before.lifecycle() == Lifecycle.CANCELLING) {
        return new SubscriptionEdit.BeingDeleted(before);
      }
      if (isSame(before, definition, expected)) {
        return new SubscriptionEdit.Unchanged(before);
      }
    }
    var change = new SubscriptionChange(name, expected, definition, Lifecycle.ACTIVE, Origin.API);
    return change(change, by, stored.isEmpty());
  }

  private static boolean isSame(
      Subscription before, SubscriptionDefinition definition, Expected expected) {
    boolean isExpected =
        switch (expected) {
          case Expected.Any() -> true;
          case Expected.Absent() -> false;
          case Expected.Version(long version) -> before.version() == version;
        };
    return isExpected
        && before.lifecycle() == Lifecycle.ACTIVE
        && before.definition().equals(definition);
  }

  /// Deletes a subscription. It gets no new events from now on.
  ///
  /// @param deliveries what becomes of its unfinished deliveries; empty to delete it only if it has
  ///   none
  /// @param expected which version may be deleted
  /// @param by who does it
  public SubscriptionEdit delete(
      SubscriptionName name, Optional<Deliveries> deliveries, Expected expected, String by) {
    cache.refresh();
    Optional<Subscription> stored = cache.current().stored(name);
    if (stored.isEmpty()) {
      boolean isBuiltIn = cache.current().find(name).isPresent();
      return isBuiltIn ? new SubscriptionEdit.BuiltIn() : new SubscriptionEdit.NotFound();
    }
    Subscription before = stored.get();
    if (before.origin() == Origin.FILE) {
      return new SubscriptionEdit.ManagedByFile(before);
    }
    if (deliveries.isEmpty()) {
      int unfinished = queue.countUnfinished(name, MAX_COUNTED);
      if (unfinished > 0) {
        return new SubscriptionEdit.HasDeliveries(unfinished);
      }
    }
    Lifecycle after =
        deliveries.filter(Deliveries.CANCEL::equals).isPresent()
            ? Lifecycle.CANCELLING
            : Lifecycle.FINISHING;
    // Never deleted at once: for a moment other nodes may still route events to it.
    return change(
        new SubscriptionChange(name, expected, before.definition(), after, before.origin()),
        by,
        false);
  }

  private SubscriptionEdit change(SubscriptionChange change, String by, boolean isNew) {
    SubscriptionChangeResult result = store.change(List.of(change), by, clock.instant());
    cache.refresh();
    return switch (result) {
      case SubscriptionChangeResult.Stored(List<Subscription> stored) ->
          new SubscriptionEdit.Done(stored.getFirst(), isNew);
      case SubscriptionChangeResult.Conflict(SubscriptionName _, Optional<Subscription> actual) ->
          new SubscriptionEdit.Conflict(actual);
      case SubscriptionChangeResult.Full() -> new SubscriptionEdit.Full();
    };
  }

  /// Returns the kept versions of a subscription, newest first, also of a deleted one.
  ///
  /// @param limit maximum number of versions
  public List<Subscription> versions(SubscriptionName name, int limit) {
    return store.versions(name, limit);
  }
}
