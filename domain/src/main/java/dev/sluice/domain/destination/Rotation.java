package dev.sluice.domain.destination;

import dev.sluice.domain.secret.Secret;
import java.time.Duration;
import java.util.Optional;

/// A change of the secret with which requests are signed.
///
/// @param secret the new secret; empty to have one made
/// @param grace how long requests are also signed with the present secret, at most [#MAX_GRACE]
public record Rotation(Optional<Secret.Plain> secret, Duration grace) {

  public static final Duration DEFAULT_GRACE = Duration.ofHours(24);
  public static final Duration MAX_GRACE = Duration.ofDays(7);

  /// @throws IllegalArgumentException when the grace period is negative or too long
  public Rotation {
    if (grace.isNegative() || grace.compareTo(MAX_GRACE) > 0) {
      throw new IllegalArgumentException("grace must be 0 to 7 days, but was " + grace);
    }
  }
}
