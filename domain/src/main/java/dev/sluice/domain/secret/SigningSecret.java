package dev.sluice.domain.secret;

import java.time.Instant;
import java.util.Optional;

/// A key with which requests to a receiver are signed.
///
/// @param secret the key
/// @param until when requests are no longer signed with it; empty for the current key
public record SigningSecret(Secret secret, Optional<Instant> until) {

  /// Returns whether requests are signed with it at a time.
  public boolean isValidAt(Instant now) {
    return until.isEmpty() || now.isBefore(until.get());
  }
}
