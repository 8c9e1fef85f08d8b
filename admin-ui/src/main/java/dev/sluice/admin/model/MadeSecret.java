package dev.sluice.admin.model;

import dev.sluice.admin.api.Subscription;
import java.time.Instant;
import java.util.Optional;

/// A signing secret that the service made. It is shown once and never again.
///
/// @param previousUntil when the previous secret no longer signs; empty if there is none
public record MadeSecret(String subscription, String secret, Optional<Instant> previousUntil) {

  /// Returns the secret in the response to a change, if the service made one.
  public static Optional<MadeSecret> of(Subscription stored) {
    return Optional.ofNullable(stored.secret())
        .map(secret -> new MadeSecret(stored.name(), secret, Optional.empty()));
  }

  /// Omits the secret, because this text can end up in a log.
  @Override
  public String toString() {
    return "MadeSecret[subscription=" + subscription + "]";
  }
}
