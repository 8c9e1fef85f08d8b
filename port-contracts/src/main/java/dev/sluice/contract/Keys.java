package dev.sluice.contract;

import dev.sluice.domain.access.ApiKey;
import dev.sluice.domain.access.Role;
import dev.sluice.domain.subscription.TypePattern;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keys for tests.
public final class Keys {

  /// No secret has this hash.
  public static final String HASH = "0".repeat(64);

  private Keys() {}

  /// Returns a viewer's key that was created when a [SettableClock] begins and never expires.
  public static ApiKey key(String id, String owner) {
    return key(id, owner, SettableClock.START, Optional.empty());
  }

  /// Returns a viewer's key.
  public static ApiKey key(
      String id, String owner, Instant createdAt, Optional<Instant> expiresAt) {
    return new ApiKey(
        id,
        owner,
        Role.VIEWER,
        List.of(),
        true,
        HASH,
        createdAt,
        expiresAt,
        Optional.empty(),
        Optional.empty());
  }

  /// Returns a producer's key for events of these types.
  public static ApiKey producer(String id, List<TypePattern> types) {
    return new ApiKey(
        id,
        id,
        Role.PRODUCER,
        types,
        false,
        HASH,
        SettableClock.START,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
