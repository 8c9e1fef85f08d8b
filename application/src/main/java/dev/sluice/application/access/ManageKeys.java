package dev.sluice.application.access;

import dev.sluice.domain.access.ApiKey;
import dev.sluice.domain.access.Role;
import dev.sluice.domain.subscription.TypePattern;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Makes keys, lists them and takes them back.
public interface ManageKeys {

  /// What a new key is to be like.
  ///
  /// @param owner who gets it
  /// @param role what it is good for
  /// @param types which events a producer may send with it; any when empty
  /// @param hidesPayloads whether its owner sees events without their payloads
  /// @param expiresAt when it ends, if ever
  record Wish(
      String owner,
      Role role,
      List<TypePattern> types,
      boolean hidesPayloads,
      Optional<Instant> expiresAt) {

    /// @throws IllegalArgumentException when the owner or the types break the rules of [ApiKey]
    public Wish {
      types = List.copyOf(types);
      Optional<String> ofTypes = ApiKey.typesProblem(role, types).map(detail -> "types " + detail);
      Optional<String> problem =
          ApiKey.ownerProblem(owner).map(detail -> "owner " + detail).or(() -> ofTypes);
      if (problem.isPresent()) {
        throw new IllegalArgumentException(problem.get());
      }
    }
  }

  /// What became of a wish.
  sealed interface Made {

    /// The key is made and works.
    ///
    /// @param text the whole key; it is kept nowhere and cannot be had again
    record Key(ApiKey key, String text) implements Made {}

    /// It is not: its owner has as many live keys as allowed.
    record OwnerHasEnough() implements Made {}

    /// It is not: there are as many live keys as can be kept.
    record NoRoom() implements Made {}
  }

  /// Makes a key. It works on this node when this returns, and on others within two seconds.
  Made make(Wish wish);

  /// All keys that the storage has, in the order in which they were made. When they were last used
  /// may be ten seconds late.
  List<ApiKey> list();

  /// Takes a key back. It is refused on this node when this returns, and on others within two
  /// seconds.
  ///
  /// @return whether there is such a key
  boolean revoke(String id);

  /// Whether there is a key that opens anything, so that somebody can call.
  boolean hasLiveKey();
}
