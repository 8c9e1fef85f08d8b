package dev.sluice.domain.delivery;

import java.time.Duration;
import java.time.Instant;

/// A worker's right to a delivery until a given time.
///
/// @param worker who holds it
/// @param startedAt when the attempt that it belongs to began
/// @param expiresAt from this moment on anyone may take the delivery over
public record Lease(WorkerId worker, Instant startedAt, Instant expiresAt) {

  /// A lease that begins `now`.
  ///
  /// @param length how long it lasts; if that is for ever, until [Instant#MAX]
  public static Lease of(WorkerId worker, Instant now, Duration length) {
    return new Lease(worker, now, end(now, length));
  }

  /// When a lease of this length ends that is given or prolonged `now`.
  public static Instant end(Instant now, Duration length) {
    boolean endsAtAll = length.compareTo(Duration.between(now, Instant.MAX)) < 0;
    return endsAtAll ? now.plus(length) : Instant.MAX;
  }

  /// Whether both were given by one and the same claim, however often it was prolonged since. The
  /// number of the attempt alone does not say so: numbers come again where a storage lost its
  /// newest commits.
  public boolean isOfSameClaim(Lease other) {
    return worker.equals(other.worker) && startedAt.equals(other.startedAt);
  }

  /// Whether the delivery may be taken over at `now`.
  public boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /// The same right, until `expiresAt`.
  public Lease extendedTo(Instant newExpiry) {
    return new Lease(worker, startedAt, newExpiry);
  }
}
