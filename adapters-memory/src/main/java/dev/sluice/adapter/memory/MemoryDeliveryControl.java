package dev.sluice.adapter.memory;

import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.port.ControlResult;
import dev.sluice.domain.port.DeliveryControl;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Applies operator actions in the heap.
final class MemoryDeliveryControl implements DeliveryControl {

  private final Ledger ledger;

  MemoryDeliveryControl(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public ControlResult replay(EventId id) {
    return control(id, this::replayed);
  }

  @Override
  public ControlResult cancel(EventId id) {
    return control(id, this::cancelled);
  }

  @Override
  public ControlResult discard(EventId id) {
    return control(id, this::discarded);
  }

  @Override
  public int cancelWaiting(SubscriptionName subscription, int limit) {
    return ledger.locked(
        () -> {
          Instant now = ledger.clock.instant();
          List<StoredDelivery> waiting = ledger.work.waiting(subscription, limit);
          for (StoredDelivery delivery : waiting) {
            if (delivery.state instanceof DeliveryState.Waiting state) {
              ledger.change(delivery, state.cancel(now));
            }
          }
          return waiting.size();
        });
  }

  private ControlResult control(
      EventId id, Function<DeliveryState, Optional<DeliveryState>> change) {
    return ledger.locked(
        () -> {
          StoredEvent stored = ledger.find(id);
          if (stored == null) {
            return new ControlResult.NotFound();
          }
          int changed = changeAll(stored, change);
          return changed == 0
              ? new ControlResult.NotAllowed(stored.summary())
              : new ControlResult.Changed(stored.summary(), changed);
        });
  }

  private int changeAll(
      StoredEvent stored, Function<DeliveryState, Optional<DeliveryState>> change) {
    int changed = 0;
    for (StoredDelivery delivery : stored.deliveries()) {
      Optional<DeliveryState> next = change.apply(delivery.state);
      if (next.isPresent()) {
        ledger.change(delivery, next.get());
        changed++;
      }
    }
    return changed;
  }

  private Optional<DeliveryState> replayed(DeliveryState state) {
    return state instanceof DeliveryState.Finished finished
        ? Optional.of(finished.replay(ledger.clock.instant()))
        : Optional.empty();
  }

  private Optional<DeliveryState> discarded(DeliveryState state) {
    return state instanceof DeliveryState.Failed failed
        ? Optional.of(failed.discard(ledger.clock.instant()))
        : Optional.empty();
  }

  private Optional<DeliveryState> cancelled(DeliveryState state) {
    return state instanceof DeliveryState.Waiting waiting
        ? Optional.of(waiting.cancel(ledger.clock.instant()))
        : Optional.empty();
  }
}
