package dev.sluice.domain.figures;

import dev.sluice.domain.delivery.DeliveryStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The number of deliveries of one subscription by status, without completed, cancelled and expired
/// ones.
///
/// @param deliveries deliveries by status; a status without deliveries may be absent
/// @param atLeast statuses of which there may be more deliveries than were counted
/// @param oldestWaiting since when the delivery that waits longest for a worker has been due;
///   [Instant#MAX] when none is due. If not all waiting deliveries were counted, one that was not
///   may have been due longer
public record SubscriptionCounts(
    Map<DeliveryStatus, Long> deliveries, Set<DeliveryStatus> atLeast, Instant oldestWaiting) {

  /// A subscription without such deliveries.
  public static final SubscriptionCounts NONE =
      new SubscriptionCounts(Map.of(), Set.of(), Instant.MAX);

  public SubscriptionCounts {
    deliveries = Map.copyOf(deliveries);
    atLeast = Set.copyOf(atLeast);
  }

  /// Returns the number of deliveries in this status.
  public long of(DeliveryStatus status) {
    return deliveries.getOrDefault(status, 0L);
  }

  /// Returns whether there may be more deliveries in this status than were counted.
  public boolean isAtLeast(DeliveryStatus status) {
    return atLeast.contains(status);
  }

  /// Returns how long the delivery that waits longest for a worker has been due; empty when none
  /// is.
  public Optional<Duration> oldestWaitingAge(Instant now) {
    if (oldestWaiting.equals(Instant.MAX)) {
      return Optional.empty();
    }
    return Optional.of(
        oldestWaiting.isBefore(now) ? Duration.between(oldestWaiting, now) : Duration.ZERO);
  }
}
