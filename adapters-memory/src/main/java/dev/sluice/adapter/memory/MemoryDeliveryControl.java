package dev.sluice.adapter.memory;

import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.delivery.ReplayScope;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.lane.LanePlace;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.DeliveryControl;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Applies operator actions in the heap.
final class MemoryDeliveryControl implements DeliveryControl {

  private final Ledger ledger;

  MemoryDeliveryControl(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public ControlResult replay(EventId id, ReplayScope scope, LanePlace place) {
    return control(
        id,
        scope.names(),
        place,
        delivery ->
            scope.includes(delivery)
                ? Optional.of(((DeliveryState.Finished) delivery.state()).replay(now()))
                : Optional.empty());
  }

  @Override
  public ControlResult cancel(EventId id, Set<SubscriptionName> subscriptions) {
    return control(
        id,
        subscriptions,
        LanePlace.TAIL,
        delivery ->
            isMeant(delivery, subscriptions)
                    && delivery.state() instanceof DeliveryState.Waiting waiting
                ? Optional.of(waiting.cancel(now()))
                : Optional.empty());
  }

  @Override
  public ControlResult reschedule(EventId id, Instant deliverAt) {
    return ledger.locked(
        () -> {
          ControlResult result =
              control(id, Set.of(), LanePlace.TAIL, delivery -> moved(delivery, deliverAt));
          if (!(result instanceof ControlResult.Changed(var _, var subscriptions))) {
            return result;
          }
          StoredEvent stored = Objects.requireNonNull(ledger.find(id), "just changed");
          ledger.setDeliverAt(stored, deliverAt);
          return new ControlResult.Changed(stored.summary(), subscriptions);
        });
  }

  private Optional<DeliveryState> moved(DeliverySnapshot delivery, Instant deliverAt) {
    return delivery.state() instanceof DeliveryState.Received received && received.isUntried()
        ? Optional.of(received.reschedule(deliverAt, now()))
        : Optional.empty();
  }

  @Override
  public ControlResult discard(EventId id, Set<SubscriptionName> subscriptions) {
    return control(
        id,
        subscriptions,
        LanePlace.TAIL,
        delivery ->
            isMeant(delivery, subscriptions)
                    && delivery.state() instanceof DeliveryState.Failed failed
                ? Optional.of(failed.discard(now()))
                : Optional.empty());
  }

  @Override
  public int cancelWaiting(SubscriptionName subscription, int limit) {
    return ledger.locked(
        () -> {
          Instant now = ledger.clock.instant();
          List<StoredDelivery> waiting = ledger.work.waiting(subscription, limit);
          for (StoredDelivery delivery : waiting) {
            if (delivery.state() instanceof DeliveryState.Waiting state) {
              ledger.change(delivery, state.cancel(now));
            }
          }
          return waiting.size();
        });
  }

  private static boolean isMeant(DeliverySnapshot delivery, Set<SubscriptionName> subscriptions) {
    return subscriptions.isEmpty() || subscriptions.contains(delivery.subscription());
  }

  private Instant now() {
    return ledger.clock.instant();
  }

  /// @param named the subscriptions that the action names
  /// @param place where replayed deliveries enter their lanes
  /// @param change returns the state of a delivery after the action; empty when it stays as it is
  private ControlResult control(
      EventId id,
      Set<SubscriptionName> named,
      LanePlace place,
      Function<DeliverySnapshot, Optional<DeliveryState>> change) {
    return ledger.locked(
        () -> {
          StoredEvent stored = ledger.find(id);
          if (stored == null) {
            return new ControlResult.NotFound();
          }
          EventSummary before = stored.summary();
          Optional<SubscriptionName> missing = before.firstWithoutDelivery(named);
          if (missing.isPresent()) {
            return new ControlResult.NoDelivery(before, missing.get());
          }
          List<SubscriptionName> changed = changeAll(stored, place, change);
          return changed.isEmpty()
              ? new ControlResult.NotAllowed(before)
              : new ControlResult.Changed(stored.summary(), changed);
        });
  }

  private List<SubscriptionName> changeAll(
      StoredEvent stored,
      LanePlace place,
      Function<DeliverySnapshot, Optional<DeliveryState>> change) {
    var changed = new ArrayList<SubscriptionName>();
    for (StoredDelivery delivery : stored.deliveries()) {
      Optional<DeliveryState> next = change.apply(delivery.snapshot());
      if (next.isPresent()) {
        ledger.change(delivery, next.get(), place);
        changed.add(delivery.subscription);
      }
    }
    return changed;
  }
}
