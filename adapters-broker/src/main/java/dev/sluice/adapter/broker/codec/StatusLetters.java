package dev.sluice.adapter.broker.codec;

import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;

/// The letters for statuses in Redis.
public final class StatusLetters {

  private StatusLetters() {}

  public static String of(EventStatus status) {
    return switch (status) {
      case UNROUTED -> "U";
      case RECEIVED -> "R";
      case PROCESSING -> "P";
      case RETRYING -> "T";
      case COMPLETED -> "C";
      case FAILED -> "F";
      case CANCELLED -> "X";
      case EXPIRED -> "E";
    };
  }

  /// Returns the status of a letter.
  public static EventStatus status(String letter) {
    for (EventStatus status : EventStatus.values()) {
      if (of(status).equals(letter)) {
        return status;
      }
    }
    throw new IllegalArgumentException("unknown letter of a status: " + letter);
  }

  public static String of(DeliveryStatus status) {
    return of(EventStatus.of(status));
  }
}
