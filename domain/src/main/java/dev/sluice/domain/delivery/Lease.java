package dev.sluice.domain.delivery;

import java.time.Instant;

/// A worker's right to a delivery until a given time.
///
/// @param worker who holds it
/// @param startedAt when the attempt that it belongs to began
/// @param expiresAt from this moment on anyone may take the delivery over
public record Lease(WorkerId worker, Instant startedAt, Instant expiresAt) {

  /// Whether the delivery may be taken over at `now`.
  public boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /// The same right, until `expiresAt`.
  public Lease extendedTo(Instant newExpiry) {
    return new Lease(worker, startedAt, newExpiry);
  }
}
