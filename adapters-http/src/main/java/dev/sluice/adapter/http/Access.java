package dev.sluice.adapter.http;

import dev.sluice.domain.access.Role;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may call a route.
public enum Access {
  /// Anybody, without a key.
  OPEN(null),
  /// Anybody with a key.
  ANY_KEY(null),
  /// Who may send events.
  PRODUCER(Role.PRODUCER),
  /// Who may see everything.
  VIEWER(Role.VIEWER),
  /// Who may put right what is stuck.
  OPERATOR(Role.OPERATOR),
  /// Who may do everything.
  ADMIN(Role.ADMIN);

  private final @Nullable Role needed;

  Access(@Nullable Role needed) {
    this.needed = needed;
  }

  /// The role that it takes, when it takes one.
  Optional<Role> needed() {
    return Optional.ofNullable(needed);
  }
}
