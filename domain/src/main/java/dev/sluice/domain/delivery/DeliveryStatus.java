package dev.sluice.domain.delivery;

import java.util.Locale;

/// The name of a delivery's state, as operators and the API use it.
public enum DeliveryStatus {
  /// Waits for its first attempt, or for the first one after a replay.
  RECEIVED,
  /// A worker holds a lease on it.
  PROCESSING,
  /// Waits for another attempt after a failed one.
  RETRYING,
  /// Processed.
  COMPLETED,
  /// Out of attempts: a dead letter.
  FAILED,
  /// Taken out by an operator.
  CANCELLED;

  /// Whether nothing more happens to the delivery by itself.
  public boolean isFinished() {
    return this == COMPLETED || this == FAILED || this == CANCELLED;
  }

  /// The name in the API, in lower case.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
