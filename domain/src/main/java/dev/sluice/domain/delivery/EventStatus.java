package dev.sluice.domain.delivery;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The status of an event, which follows from the states of its deliveries.
public enum EventStatus {
  /// No subscription matches the event.
  UNROUTED,
  RECEIVED,
  PROCESSING,
  RETRYING,
  COMPLETED,
  FAILED,
  CANCELLED,
  EXPIRED;

  private static final Map<String, EventStatus> BY_WIRE_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(EventStatus::wireName, Function.identity()));

  /// The event has the first of these statuses that any of its deliveries has.
  private static final DeliveryStatus[] PRECEDENCE = {
    DeliveryStatus.PROCESSING,
    DeliveryStatus.RECEIVED,
    DeliveryStatus.RETRYING,
    DeliveryStatus.FAILED,
    DeliveryStatus.COMPLETED,
    DeliveryStatus.EXPIRED,
    DeliveryStatus.CANCELLED
  };

  /// Returns the status of an event with deliveries in these states.
  public static EventStatus of(Collection<DeliveryStatus> deliveries) {
    return ofAny(deliveries::contains);
  }

  /// Returns the status of an event.
  ///
  /// @param has whether one of its deliveries has this status
  public static EventStatus ofAny(Predicate<DeliveryStatus> has) {
    for (DeliveryStatus candidate : PRECEDENCE) {
      if (has.test(candidate)) {
        return of(candidate);
      }
    }
    return UNROUTED;
  }

  /// Returns the status of an event with exactly one delivery.
  public static EventStatus of(DeliveryStatus onlyDelivery) {
    return switch (onlyDelivery) {
      case RECEIVED -> RECEIVED;
      case PROCESSING -> PROCESSING;
      case RETRYING -> RETRYING;
      case COMPLETED -> COMPLETED;
      case FAILED -> FAILED;
      case CANCELLED -> CANCELLED;
      case EXPIRED -> EXPIRED;
    };
  }

  /// Returns the status with this name in the API, if there is one.
  public static Optional<EventStatus> fromWireName(String name) {
    return Optional.ofNullable(BY_WIRE_NAME.get(name));
  }

  /// Returns whether nothing more happens to the event unless an operator acts, so that retention
  /// may delete it.
  public boolean isFinished() {
    return switch (this) {
      case UNROUTED, COMPLETED, FAILED, CANCELLED, EXPIRED -> true;
      case RECEIVED, PROCESSING, RETRYING -> false;
    };
  }

  /// Returns the name in the API, in lower case.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
