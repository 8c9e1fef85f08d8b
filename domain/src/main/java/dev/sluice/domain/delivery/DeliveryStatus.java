package dev.sluice.domain.delivery;

import java.util.Locale;

/// The status of a delivery, as operators and the API name it.
public enum DeliveryStatus {
  /// Waits for its first attempt, or for the first one after a replay.
  RECEIVED,
  /// A worker holds a lease on it.
  PROCESSING,
  /// Waits for another attempt after a failed one.
  RETRYING,
  /// Processed successfully.
  COMPLETED,
  /// A dead letter: it is not retried any more.
  FAILED,
  /// Cancelled or discarded by an operator.
  CANCELLED,
  /// Not begun, because its event had expired.
  EXPIRED;

  /// Returns whether nothing more happens to the delivery unless an operator acts.
  public boolean isFinished() {
    return this == COMPLETED || this == FAILED || this == CANCELLED || this == EXPIRED;
  }

  /// Returns the name in the API, in lower case.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
