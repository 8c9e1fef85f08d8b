package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.EventStatus;
import java.util.Optional;

/// Finished statuses as the table `finished` keeps them.
final class StatusCode {

  static final int UNROUTED = 0;
  static final int COMPLETED = 1;
  static final int FAILED = 2;
  static final int CANCELLED = 3;

  private StatusCode() {}

  static int of(DeliveryState.Finished state) {
    return switch (state) {
      case DeliveryState.Completed _ -> COMPLETED;
      case DeliveryState.Failed _ -> FAILED;
      case DeliveryState.Cancelled _ -> CANCELLED;
    };
  }

  /// The code under which finished events of this status are found; nothing for the others.
  static Optional<Integer> of(EventStatus status) {
    return switch (status) {
      case UNROUTED -> Optional.of(UNROUTED);
      case COMPLETED -> Optional.of(COMPLETED);
      case FAILED -> Optional.of(FAILED);
      case CANCELLED -> Optional.of(CANCELLED);
      case RECEIVED, PROCESSING, RETRYING -> Optional.empty();
    };
  }
}
