package dev.sluice.adapter.memory;

import dev.sluice.domain.delivery.Attempt;
import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.ErrorFingerprint;
import dev.sluice.domain.delivery.EventRecord.History;
import dev.sluice.domain.event.Priority;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.time.TimeLimit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A delivery as the storage keeps it; guarded by the storage's lock. It is in a list while it is
/// received or in flight.
final class StoredDelivery extends IntrusiveList.Member<StoredDelivery> {

  private static final Attempt[] NO_ATTEMPTS = new Attempt[0];

  final StoredEvent event;
  final SubscriptionName subscription;
  final Priority priority;

  private DeliveryState state;

  /// Where deliveries of its subscription wait; kept here because every change needs it.
  private @Nullable SubscriptionQueue queue;

  /// The claim under which it is processed, if it is.
  @Nullable Claim claim;

  /// The end of that claim, independent of the wall clock; the wall clock is only shown.
  @Nullable TimeLimit leaseEnd;

  /// Its lane while it belongs to one, also while it blocks it.
  @Nullable OpenLane lane;

  /// Its position in that lane.
  long lanePosition;

  /// Whether it waits for its turn in that lane.
  boolean isBehind;

  private @Nullable ErrorFingerprint fingerprint;

  /// Attempts that have ended, oldest first. An array, because most deliveries have exactly one;
  /// never changed, because several may share it.
  private Attempt[] ended = NO_ATTEMPTS;

  StoredDelivery(StoredEvent event, SubscriptionName subscription, DeliveryState state) {
    this.event = event;
    this.subscription = subscription;
    this.priority = event.event.attributes().priority();
    this.state = state;
  }

  DeliveryState state() {
    return state;
  }

  /// Joins the deliveries of its subscription; called once, when it is stored.
  void joins(SubscriptionQueue ofSubscription) {
    queue = ofSubscription;
  }

  SubscriptionQueue queue() {
    return Objects.requireNonNull(queue, "only stored deliveries have a queue");
  }

  /// Changes its state.
  void become(DeliveryState next) {
    event.moved(state.status(), next.status());
    state = next;
  }

  /// Returns whether the lease of its worker has expired.
  boolean isLeaseOver() {
    TimeLimit end = leaseEnd;
    return end != null && end.isOver();
  }

  void remember(Attempt attempt, SharedEndings endings) {
    event.responseBytes += ResponseSize.of(attempt);
    if (ended.length == 0) {
      ended = endings.onlyAttempt(attempt);
      return;
    }
    int kept = Math.min(ended.length, History.MAX_ATTEMPTS - 1);
    if (kept < ended.length) {
      event.responseBytes -= ResponseSize.of(ended[0]);
    }
    Attempt[] longer = Arrays.copyOfRange(ended, ended.length - kept, ended.length + 1);
    longer[kept] = attempt;
    ended = longer;
  }

  /// Returns the ended attempt with this number, if it is still kept.
  @Nullable Attempt ended(int number) {
    for (Attempt attempt : ended) {
      if (attempt.number() == number) {
        return attempt;
      }
    }
    return null;
  }

  /// Must be called when the state changes.
  void forgetFingerprint() {
    fingerprint = null;
  }

  /// Returns the fingerprint of a dead letter's error; computed once.
  ErrorFingerprint fingerprint() {
    ErrorFingerprint known = fingerprint;
    if (known == null && state instanceof DeliveryState.Failed failed) {
      known = ErrorFingerprint.of(subscription, failed.cause());
      fingerprint = known;
    }
    return Objects.requireNonNull(known, "only dead letters have a fingerprint");
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
