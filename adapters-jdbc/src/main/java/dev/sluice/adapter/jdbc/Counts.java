package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import dev.sluice.domain.figures.StatusCounts;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/// Counts of events and deliveries by status. Used by one thread at a time; other threads use a
/// [#copy].
// The ordinals index arrays that are never stored.
@SuppressWarnings("EnumOrdinal")
public final class Counts {

  private final long[] events;
  private final long[] deliveries;

  public Counts() {
    this(new long[EventStatus.values().length], new long[DeliveryStatus.values().length]);
  }

  private Counts(long[] events, long[] deliveries) {
    this.events = events;
    this.deliveries = deliveries;
  }

  public Counts copy() {
    return new Counts(events.clone(), deliveries.clone());
  }

  public void add(EventStatus status, long number) {
    events[status.ordinal()] += number;
  }

  public void add(DeliveryStatus status, long number) {
    deliveries[status.ordinal()] += number;
  }

  public long of(EventStatus status) {
    return events[status.ordinal()];
  }

  public long of(DeliveryStatus status) {
    return deliveries[status.ordinal()];
  }

  /// Returns the number of entries in the index of this status: one for each delivery, or for each
  /// event without any.
  long listed(EventStatus status) {
    return status == EventStatus.UNROUTED ? of(status) : of(DeliveryStatus.valueOf(status.name()));
  }

  public boolean isSameAs(Counts other) {
    return Arrays.equals(events, other.events) && Arrays.equals(deliveries, other.deliveries);
  }

  public StatusCounts toStatusCounts(Instant oldestWaiting) {
    Map<EventStatus, Long> byEvent = new EnumMap<>(EventStatus.class);
    for (EventStatus status : EventStatus.values()) {
      byEvent.put(status, events[status.ordinal()]);
    }
    Map<DeliveryStatus, Long> byDelivery = new EnumMap<>(DeliveryStatus.class);
    for (DeliveryStatus status : DeliveryStatus.values()) {
      byDelivery.put(status, deliveries[status.ordinal()]);
    }
    return new StatusCounts(byEvent, byDelivery, oldestWaiting);
  }
}
