package dev.sluice.adapter.http;

import dev.sluice.domain.access.Role;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may call a route.
public enum Access {
  /// Everyone, without a key.
  OPEN(null),
  /// Everyone with a valid key.
  ANY_KEY(null),
  /// Callers that may send events.
  PRODUCER(Role.PRODUCER),
  /// Callers that may read everything.
  VIEWER(Role.VIEWER),
  /// Callers that may replay, cancel, discard and pause.
  OPERATOR(Role.OPERATOR),
  /// Callers that may do everything, including managing keys.
  ADMIN(Role.ADMIN);

  private final @Nullable Role needed;

  Access(@Nullable Role needed) {
    this.needed = needed;
  }

  /// Returns the required role, if any.
  Optional<Role> needed() {
    return Optional.ofNullable(needed);
  }
}
