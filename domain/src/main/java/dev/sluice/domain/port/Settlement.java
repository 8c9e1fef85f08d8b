package dev.sluice.domain.port;

import dev.sluice.domain.delivery.Resolution;

/// A worker's report on an attempt.
///
/// @param claim the claim under which the attempt was made
/// @param resolution what happens to the delivery
public record Settlement(Claim claim, Resolution resolution) {}
