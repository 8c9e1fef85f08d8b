package dev.sluice.application.access;

import dev.sluice.domain.access.ApiKey;
import dev.sluice.domain.access.Role;
import dev.sluice.domain.subscription.TypePattern;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Creates, lists and revokes keys.
public interface ManageKeys {

  /// The properties of a new key.
  ///
  /// @param owner who gets it
  /// @param role what it allows
  /// @param types event types that a producer may send with it; any when empty
  /// @param hidesPayloads whether its owner sees events without their payloads
  /// @param expiresAt when it expires, if ever
  record NewKey(
      String owner,
      Role role,
      List<TypePattern> types,
      boolean hidesPayloads,
      Optional<Instant> expiresAt) {

    /// @throws IllegalArgumentException when the owner or the types break the rules of [ApiKey]
    public NewKey {
      types = List.copyOf(types);
      Optional<String> ofTypes = ApiKey.typesProblem(role, types).map(detail -> "types " + detail);
      Optional<String> problem =
          ApiKey.ownerProblem(owner).map(detail -> "owner " + detail).or(() -> ofTypes);
      if (problem.isPresent()) {
        throw new IllegalArgumentException(problem.get());
      }
    }
  }

  /// The result of creating a key.
  sealed interface Made {

    /// The key is created and works.
    ///
    /// @param text the whole key; it is not stored and cannot be shown again
    record Key(ApiKey key, String text) implements Made {}

    /// Not created: the owner has the maximum number of live keys.
    record OwnerHasEnough() implements Made {}

    /// Not created: the storage has the maximum number of live keys.
    record NoRoom() implements Made {}
  }

  /// Creates a key. It works on this node when this returns, and on others within two seconds.
  Made make(NewKey newKey);

  /// All keys in the storage, in the order of their creation. Times of last use may be ten seconds
  /// late.
  List<ApiKey> list();

  /// Revokes a key. It is refused on this node when this returns, and on others within two seconds.
  ///
  /// @return whether such a key exists
  boolean revoke(String id);

  /// Whether at least one key is live, so that the API can be called.
  boolean hasLiveKey();
}
