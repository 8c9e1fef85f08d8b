package dev.sluice.application.subscription;

import dev.sluice.domain.destination.DestinationPreparation;
import dev.sluice.domain.destination.DestinationPreparation.Prepared;
import dev.sluice.domain.destination.RefusedDestinationException;
import dev.sluice.domain.destination.Rotation;
import dev.sluice.domain.port.DeliveryQueue;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.secret.Secret;
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
import java.util.function.UnaryOperator;

/// Creates, changes and deletes subscriptions.
///
/// Every method may throw [dev.sluice.domain.port.StoreUnavailableException]; then it is unknown
/// whether the change was stored.
public final class ManageSubscriptions {

  /// Unfinished deliveries are counted up to this number.
  public static final int MAX_COUNTED = 10_000;

  private static final int MAX_TRIES = 10;
  private static final Expected BUILT_IN = new Expected.Version(0);

  private final SubscriptionStore store;
  private final SubscriptionCache cache;
  private final DeliveryQueue queue;
  private final DestinationPreparation destinations;
  private final InstantSource clock;

  public ManageSubscriptions(
      SubscriptionStore store,
      SubscriptionCache cache,
      DeliveryQueue queue,
      DestinationPreparation destinations,
      InstantSource clock) {
    this.store = store;
    this.cache = cache;
    this.queue = queue;
    this.destinations = destinations;
    this.clock = clock;
  }

  /// What becomes of the unfinished deliveries of a deleted subscription.
  public enum Deliveries {
    /// Waiting ones are cancelled.
    CANCEL(Lifecycle.CANCELLING),
    /// They are processed to their end.
    FINISH(Lifecycle.FINISHING);

    private final Lifecycle lifecycle;

    Deliveries(Lifecycle lifecycle) {
      this.lifecycle = lifecycle;
    }

    private Lifecycle lifecycle() {
      return lifecycle;
    }
  }

  /// Creates or replaces a subscription. Creating one that was deleted keeps its unfinished
  /// deliveries.
  ///
  /// @param expected which version may be replaced
  /// @param by who does it
  public SubscriptionEdit put(
      SubscriptionName name, SubscriptionDefinition definition, Expected expected, String by) {
    return repeatedly(
        name,
        expected,
        (stored, pinned) -> {
          if (stored.filter(one -> one.lifecycle() == Lifecycle.CANCELLING).isPresent()) {
            return new SubscriptionEdit.BeingDeleted(stored.get());
          }
          return prepareAndStore(stored, change(name, pinned, definition), by);
        });
  }

  /// Changes the definition of a subscription, whatever others change meanwhile.
  ///
  /// @param edit returns the new definition; may be called several times, and throw
  /// @param expected which version may be changed
  /// @param by who does it
  public SubscriptionEdit edit(
      SubscriptionName name,
      UnaryOperator<SubscriptionDefinition> edit,
      Expected expected,
      String by) {
    return repeatedly(
        name,
        expected,
        (stored, pinned) -> {
          if (stored.isEmpty()) {
            return notStored(name);
          }
          Subscription before = stored.get();
          if (before.lifecycle() != Lifecycle.ACTIVE) {
            return new SubscriptionEdit.BeingDeleted(before);
          }
          return prepareAndStore(stored, change(name, pinned, edit.apply(before.definition())), by);
        });
  }

  /// Gives a subscription a new signing secret, also one that a file declares. Requests are signed
  /// with both secrets until the grace period is over.
  ///
  /// @param by who does it
  public SubscriptionEdit rotateSecret(SubscriptionName name, Rotation rotation, String by) {
    SubscriptionEdit result = rotateOnce(name, rotation, by);
    for (int tries = 1; result instanceof SubscriptionEdit.Conflict && tries < MAX_TRIES; tries++) {
      result = rotateOnce(name, rotation, by);
    }
    return result;
  }

  private SubscriptionEdit rotateOnce(SubscriptionName name, Rotation rotation, String by) {
    cache.refresh();
    Optional<Subscription> stored = cache.current().stored(name);
    if (stored.isEmpty()) {
      return notStored(name);
    }
    Subscription before = stored.get();
    if (before.lifecycle() != Lifecycle.ACTIVE) {
      return new SubscriptionEdit.BeingDeleted(before);
    }
    try {
      Prepared rotated = destinations.rotate(name, before.definition().destination(), rotation);
      var change =
          new SubscriptionChange(
              name,
              new Expected.Version(before.version()),
              before.definition().with(rotated.destination()),
              before.lifecycle(),
              before.origin());
      return store(change, by, false, rotated.created());
    } catch (RefusedDestinationException e) {
      return new SubscriptionEdit.Refused(e.pointer(), e.detail());
    }
  }

  /// Deletes a subscription. It gets no new events from now on.
  ///
  /// @param deliveries what becomes of its unfinished deliveries; empty to delete it only if it has
  ///   none
  /// @param expected which version may be deleted
  /// @param by who does it
  public SubscriptionEdit delete(
      SubscriptionName name, Optional<Deliveries> deliveries, Expected expected, String by) {
    return repeatedly(
        name,
        expected,
        (stored, pinned) ->
            stored.isEmpty() ? notStored(name) : delete(stored.get(), deliveries, pinned, by));
  }

  private SubscriptionEdit delete(
      Subscription before, Optional<Deliveries> deliveries, Expected pinned, String by) {
    boolean isDeleted = before.lifecycle() != Lifecycle.ACTIVE;
    Lifecycle after =
        deliveries
            .map(Deliveries::lifecycle)
            .orElse(isDeleted ? before.lifecycle() : Lifecycle.FINISHING);
    if (before.lifecycle() == after) {
      return new SubscriptionEdit.Unchanged(before);
    }
    int unfinished = deliveries.isPresent() ? 0 : queue.countUnfinished(before.name(), MAX_COUNTED);
    if (unfinished > 0) {
      return new SubscriptionEdit.HasDeliveries(unfinished);
    }
    // Never deleted at once: for a moment other nodes may still route events to it.
    var change =
        new SubscriptionChange(before.name(), pinned, before.definition(), after, before.origin());
    return store(change, by, false, Optional.empty());
  }

  /// Makes one try to change what is stored.
  private interface Try {

    /// @param stored the current version; empty when there is none
    /// @param pinned that version, or its absence
    SubscriptionEdit with(Optional<Subscription> stored, Expected pinned);
  }

  /// Tries again when another caller changed the subscription between reading and writing it,
  /// unless this caller expects a version.
  private SubscriptionEdit repeatedly(SubscriptionName name, Expected expected, Try change) {
    SubscriptionEdit result = once(name, expected, change);
    for (int tries = 1; isOvertaken(result, expected) && tries < MAX_TRIES; tries++) {
      result = once(name, expected, change);
    }
    return result;
  }

  private static boolean isOvertaken(SubscriptionEdit result, Expected expected) {
    return result instanceof SubscriptionEdit.Conflict && expected instanceof Expected.Any;
  }

  private SubscriptionEdit once(SubscriptionName name, Expected expected, Try change) {
    cache.refresh();
    Optional<Subscription> stored = cache.current().stored(name);
    Expected pinned =
        stored.<Expected>map(one -> new Expected.Version(one.version())).orElse(Expected.ABSENT);
    if (!allows(expected, name, pinned)) {
      return new SubscriptionEdit.Conflict(stored);
    }
    if (stored.filter(one -> one.origin() == Origin.FILE).isPresent()) {
      return new SubscriptionEdit.ManagedByFile(stored.get());
    }
    return change.with(stored, pinned);
  }

  private static boolean allows(Expected expected, SubscriptionName name, Expected actual) {
    // A caller that has read the built-in subscription expects its version, which is not stored.
    boolean isBuiltIn = name.equals(SubscriptionName.DEFAULT) && expected.equals(BUILT_IN);
    return expected instanceof Expected.Any
        || expected.equals(actual)
        || (isBuiltIn && actual.equals(Expected.ABSENT));
  }

  private SubscriptionEdit notStored(SubscriptionName name) {
    return cache.current().find(name).isPresent()
        ? new SubscriptionEdit.BuiltIn()
        : new SubscriptionEdit.NotFound();
  }

  private static SubscriptionChange change(
      SubscriptionName name, Expected pinned, SubscriptionDefinition definition) {
    return new SubscriptionChange(name, pinned, definition, Lifecycle.ACTIVE, Origin.API);
  }

  /// A deleted subscription of the same name leaves no secrets to the next one.
  private SubscriptionEdit prepareAndStore(
      Optional<Subscription> before, SubscriptionChange change, String by) {
    if (change.definition().policy().ordering().isPresent() && !store.canOrder()) {
      return new SubscriptionEdit.CannotBeOrdered();
    }
    try {
      Prepared prepared =
          destinations.prepare(
              change.name(),
              change.definition().destination(),
              before
                  .filter(one -> one.lifecycle() == Lifecycle.ACTIVE)
                  .map(one -> one.definition().destination()));
      return store(before, change.with(prepared.destination()), by, prepared.created());
    } catch (RefusedDestinationException e) {
      return new SubscriptionEdit.Refused(e.pointer(), e.detail());
    }
  }

  private SubscriptionEdit store(
      Optional<Subscription> before,
      SubscriptionChange change,
      String by,
      Optional<Secret.Plain> created) {
    boolean isSame =
        before
            .filter(one -> one.lifecycle() == change.lifecycle())
            .filter(one -> one.definition().equals(change.definition()))
            .isPresent();
    return isSame
        ? new SubscriptionEdit.Unchanged(before.get())
        : store(change, by, before.isEmpty(), created);
  }

  private SubscriptionEdit store(
      SubscriptionChange change, String by, boolean isNew, Optional<Secret.Plain> created) {
    SubscriptionChangeResult result = store.change(List.of(change), by, clock.instant());
    cache.refresh();
    return switch (result) {
      case SubscriptionChangeResult.Stored(List<Subscription> stored) ->
          new SubscriptionEdit.Done(stored.getFirst(), isNew, created);
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
