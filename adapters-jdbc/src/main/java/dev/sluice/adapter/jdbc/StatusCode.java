package dev.sluice.adapter.jdbc;

import dev.sluice.domain.delivery.DeliveryState;
import dev.sluice.domain.delivery.DeliveryStatus;
import dev.sluice.domain.delivery.EventStatus;
import java.sql.SQLException;

/// Codes of states and statuses in the tables `live` and `finished`.
public final class StatusCode {

  public static final int UNROUTED = 0;
  public static final int COMPLETED = 1;
  public static final int FAILED = 2;
  public static final int CANCELLED = 3;
  public static final int EXPIRED = 4;

  private static final int RECEIVED = 0;
  private static final int RETRYING = 1;
  private static final int PROCESSING = 2;

  private StatusCode() {}

  /// Returns the code of a waiting delivery in the table `live`.
  public static int of(DeliveryState.Waiting state) {
    return switch (state) {
      case DeliveryState.Received _ -> RECEIVED;
      case DeliveryState.Retrying _ -> RETRYING;
    };
  }

  /// Returns the status for a code of the table `live`.
  public static DeliveryStatus live(int state) throws SQLException {
    return switch (state) {
      case RECEIVED -> DeliveryStatus.RECEIVED;
      case RETRYING -> DeliveryStatus.RETRYING;
      case PROCESSING -> DeliveryStatus.PROCESSING;
      default -> throw new SQLException("unknown state of a delivery: " + state);
    };
  }

  /// Returns the status for a code of the table `finished`; unrouted events have no delivery.
  public static DeliveryStatus finished(int status) throws SQLException {
    return switch (status) {
      case COMPLETED -> DeliveryStatus.COMPLETED;
      case FAILED -> DeliveryStatus.FAILED;
      case CANCELLED -> DeliveryStatus.CANCELLED;
      case EXPIRED -> DeliveryStatus.EXPIRED;
      default -> throw new SQLException("unknown status of a finished delivery: " + status);
    };
  }

  public static int of(DeliveryState.Finished state) {
    return switch (state) {
      case DeliveryState.Completed _ -> COMPLETED;
      case DeliveryState.Failed _ -> FAILED;
      case DeliveryState.Cancelled _ -> CANCELLED;
      case DeliveryState.Expired _ -> EXPIRED;
    };
  }

  /// Returns the code under which a delivery of an event with this status is found, in the table
  /// `finished` or `live`.
  public static int of(EventStatus status) {
    return switch (status) {
      case RECEIVED -> RECEIVED;
      case RETRYING -> RETRYING;
      case PROCESSING -> PROCESSING;
      case UNROUTED -> UNROUTED;
      case COMPLETED -> COMPLETED;
      case FAILED -> FAILED;
      case CANCELLED -> CANCELLED;
      case EXPIRED -> EXPIRED;
    };
  }
}
