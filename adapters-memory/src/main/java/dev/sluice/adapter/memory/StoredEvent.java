package dev.sluice.adapter.memory;

import dev.sluice.domain.delivery.AttemptCount;
import dev.sluice.domain.delivery.DeliverySnapshot;
import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.delivery.EventSummary;
import dev.sluice.domain.event.ContentDigest;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.ExistingEvent;
import dev.sluice.domain.port.NewEvent;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An event as the storage keeps it; guarded by the storage's lock. It is in a list while it is
/// finished.
// The array that ordinals index lives no longer than the process.
@SuppressWarnings("EnumOrdinal")
final class StoredEvent extends IntrusiveList.Member<StoredEvent> {

  /// Memory of an event besides its texts: measured with a million of them, see
  /// docs/performance.md.
  private static final int FIXED_BYTES = 600;

  /// Memory of each delivery besides the first, with the attempts of a completed one: measured like
  /// the former, at up to 140 bytes.
  private static final int BYTES_OF_A_DELIVERY = 200;

  private static final DeliveryStatus[] ALL_STATUSES = DeliveryStatus.values();

  final long sequence;
  Event event;

  private StoredDelivery[] deliveries;
  private final long routedBy;

  /// Its deliveries by status, so that a change of one need not look at all others; null while it
  /// has at most one.
  private int @Nullable [] counts;

  /// The hash of its id in [IdTable].
  int idHash;

  /// Its chunk of the timeline; kept here because every change of status needs it.
  @Nullable TimelineChunk chunk;

  /// The digest of its content, if one was stored.
  @Nullable ContentDigest digest;

  /// Approximately how much memory the responses to its attempts take.
  long responseBytes;

  /// How many of its deliveries are dead letters that block their lanes; it is kept for as long.
  int blocking;

  /// The status under which the event is counted.
  EventStatus indexedStatus;

  /// The statuses under which the event is listed: those of its deliveries, as bits.
  int indexedBits;

  StoredEvent(long sequence, NewEvent newEvent, Instant now) {
    this.sequence = sequence;
    this.event = newEvent.event();
    this.routedBy = newEvent.routedBy();
    this.digest = newEvent.digest().orElse(null);
    List<SubscriptionName> subscriptions = newEvent.subscriptions();
    this.deliveries = new StoredDelivery[subscriptions.size()];
    var received = new DeliveryState.Received(AttemptCount.NONE, event.receivedAt());
    for (int index = 0; index < deliveries.length; index++) {
      SubscriptionName name = subscriptions.get(index);
      boolean isDueNow = newEvent.notBefore(name).isEmpty();
      deliveries[index] =
          new StoredDelivery(this, name, isDueNow ? received : newEvent.received(name, now));
    }
    count();
    this.indexedStatus = currentStatus();
    this.indexedBits = currentBits();
  }

  /// Adds a delivery.
  StoredDelivery enter(SubscriptionName subscription, DeliveryState.Received state) {
    var delivery = new StoredDelivery(this, subscription, state);
    deliveries = Arrays.copyOf(deliveries, deliveries.length + 1);
    deliveries[deliveries.length - 1] = delivery;
    count();
    return delivery;
  }

  private void count() {
    if (deliveries.length > 1) {
      int[] counted = new int[ALL_STATUSES.length];
      for (StoredDelivery delivery : deliveries) {
        counted[delivery.state().status().ordinal()]++;
      }
      counts = counted;
    }
  }

  /// Follows a change of one of its deliveries.
  void moved(DeliveryStatus before, DeliveryStatus after) {
    int[] counted = counts;
    if (counted != null) {
      counted[before.ordinal()]--;
      counted[after.ordinal()]++;
    }
  }

  StoredDelivery[] deliveries() {
    return deliveries;
  }

  @Nullable StoredDelivery delivery(SubscriptionName subscription) {
    for (StoredDelivery delivery : deliveries) {
      if (delivery.subscription.equals(subscription)) {
        return delivery;
      }
    }
    return null;
  }

  EventStatus currentStatus() {
    if (deliveries.length == 1) {
      return EventStatus.of(deliveries[0].state().status());
    }
    int[] counted = counts;
    return counted == null
        ? EventStatus.UNROUTED
        : EventStatus.ofAny(status -> counted[status.ordinal()] > 0);
  }

  /// Returns the statuses of its deliveries, as bits; [EventStatus#UNROUTED] when it has none.
  int currentBits() {
    int[] counted = counts;
    if (counted == null) {
      return StatusBits.of(currentStatus());
    }
    int bits = 0;
    for (DeliveryStatus status : ALL_STATUSES) {
      if (counted[status.ordinal()] > 0) {
        bits |= StatusBits.of(EventStatus.of(status));
      }
    }
    return bits;
  }

  /// Returns when its last delivery finished, or when the event was received if it has none.
  Instant finishedAt() {
    Instant latest = event.receivedAt();
    for (StoredDelivery delivery : deliveries) {
      if (delivery.state() instanceof DeliveryState.Finished finished
          && finished.finishedAt().isAfter(latest)) {
        latest = finished.finishedAt();
      }
    }
    return latest;
  }

  EventSummary summary() {
    if (deliveries.length == 1) {
      return new EventSummary(event, List.of(deliveries[0].snapshot()));
    }
    List<DeliverySnapshot> snapshots =
        Arrays.stream(deliveries).map(StoredDelivery::snapshot).toList();
    return new EventSummary(event, snapshots);
  }

  ExistingEvent existing() {
    return new ExistingEvent(
        event.id(), sequence, event.receivedAt(), currentStatus(), Optional.ofNullable(digest));
  }

  EventRecord record() {
    return new EventRecord(
        summary(), Arrays.stream(deliveries).map(StoredDelivery::history).toList(), routedBy);
  }

  /// Returns approximately how much memory the event takes.
  long footprint() {
    return (long) FIXED_BYTES
        + (long) BYTES_OF_A_DELIVERY * Math.max(0, deliveries.length - 1)
        + event.id().value().length()
        + event.length()
        + responseBytes;
  }
}
