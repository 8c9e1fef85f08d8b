package dev.sluice.adapter.memory;

import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.EventRecord.History;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.subscription.SubscriptionName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A delivery as the storage keeps it; guarded by the storage's lock. It is chained while it is
/// ready or in flight.
final class StoredDelivery extends Chain.Member<StoredDelivery> {

  private static final Attempt[] NO_ATTEMPTS = new Attempt[0];

  final StoredEvent event;
  final SubscriptionName subscription;

  DeliveryState state;

  /// The claim under which it is being worked on, if it is.
  @Nullable Claim claim;

  /// Attempts that have ended, oldest first; an array because most deliveries have exactly one.
  private Attempt[] ended = NO_ATTEMPTS;

  StoredDelivery(StoredEvent event, SubscriptionName subscription, DeliveryState state) {
    this.event = event;
    this.subscription = subscription;
    this.state = state;
  }

  void remember(Attempt attempt) {
    int kept = Math.min(ended.length, History.MAX_ATTEMPTS - 1);
    Attempt[] longer = Arrays.copyOfRange(ended, ended.length - kept, ended.length + 1);
    longer[kept] = attempt;
    ended = longer;
  }

  DeliverySnapshot snapshot() {
    return new DeliverySnapshot(subscription, state);
  }

  History history() {
    List<Attempt> attempts = new ArrayList<>(Arrays.asList(ended));
    if (state instanceof DeliveryState.Processing processing) {
      attempts.add(Attempt.begun(processing.attempts().started(), processing.lease()));
    }
    int tooMany = Math.max(0, attempts.size() - History.MAX_ATTEMPTS);
    return new History(subscription, attempts.subList(tooMany, attempts.size()));
  }
}
