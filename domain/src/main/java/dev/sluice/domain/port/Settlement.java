package dev.sluice.domain.port;

import dev.sluice.domain.delivery.Resolution;

/// A worker's report on an attempt.
///
/// @param claim the claim under which the attempt was made
/// @param resolution what happens to the delivery
/// @param subscriptionVersion the version of the subscription with whose definition the attempt
///   began; 0 when it did not begin, or the subscription is the built-in one
public record Settlement(Claim claim, Resolution resolution, long subscriptionVersion) {

  /// Creates a report on an attempt that did not begin, or whose worker reported nothing.
  public Settlement(Claim claim, Resolution resolution) {
    this(claim, resolution, 0);
  }
}
