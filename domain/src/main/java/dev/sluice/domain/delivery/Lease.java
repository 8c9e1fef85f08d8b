package dev.sluice.domain.delivery;

import java.time.Duration;
import java.time.Instant;

/// A worker's right to a delivery until a given time.
///
/// @param worker the worker that holds it
/// @param startedAt when the attempt that it belongs to began
/// @param expiresAt from this time on, other workers may take over the delivery
public record Lease(WorkerId worker, Instant startedAt, Instant expiresAt) {

  /// Returns a lease that begins `now`.
  ///
  /// @param length its duration; if that reaches beyond [Instant#MAX], the lease ends then
  public static Lease of(WorkerId worker, Instant now, Duration length) {
    return new Lease(worker, now, end(now, length));
  }

  /// Returns when a lease of this length ends that is granted or extended `now`.
  public static Instant end(Instant now, Duration length) {
    boolean endsAtAll = length.compareTo(Duration.between(now, Instant.MAX)) < 0;
    return endsAtAll ? now.plus(length) : Instant.MAX;
  }

  /// Returns whether other workers may take over the delivery at `now`.
  public boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /// Returns this lease with a new expiry.
  public Lease extendedTo(Instant newExpiry) {
    return new Lease(worker, startedAt, newExpiry);
  }
}
