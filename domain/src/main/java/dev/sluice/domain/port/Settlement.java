package dev.sluice.domain.port;

import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.delivery.Response;
import java.util.Optional;

/// A worker's report on an attempt.
///
/// @param claim the claim under which the attempt was made
/// @param resolution what happens to the delivery
/// @param subscriptionVersion the version of the subscription with whose definition the attempt
///   began; 0 when it did not begin, or the subscription is the built-in one
/// @param response what the receiver answered, if one was asked
public record Settlement(
    Claim claim, Resolution resolution, long subscriptionVersion, Optional<Response> response) {

  /// Creates a report on an attempt that did not begin, or whose worker reported nothing.
  public Settlement(Claim claim, Resolution resolution) {
    this(claim, resolution, 0);
  }

  /// Creates a report on an attempt that asked no receiver.
  public Settlement(Claim claim, Resolution resolution, long subscriptionVersion) {
    this(claim, resolution, subscriptionVersion, Optional.empty());
  }
}
