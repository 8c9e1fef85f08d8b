package dev.sluice.domain.access;

import dev.sluice.domain.event.EventType;
import dev.sluice.domain.event.TextRule;
import dev.sluice.domain.subscription.TypePattern;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An API key as it is stored: everything but its secret.
///
/// @param id its public part, 1 to 32 lower-case letters and digits
/// @param owner who has it: 1 to 100 characters, no control characters
/// @param role what it permits
/// @param types which events it may send; any when empty. Only keys of producers may have some
/// @param hidesPayloads whether its owner sees events without their payloads
/// @param secretHash SHA-256 of the secret, in 64 hexadecimal digits
/// @param createdAt when it was created
/// @param expiresAt from when on it is rejected
/// @param revokedAt since when it is rejected because an operator revoked it
/// @param lastUsedAt when it was last used; may lag a little
public record ApiKey(
    String id,
    String owner,
    Role role,
    List<TypePattern> types,
    boolean hidesPayloads,
    String secretHash,
    Instant createdAt,
    Optional<Instant> expiresAt,
    Optional<Instant> revokedAt,
    Optional<Instant> lastUsedAt) {

  /// Maximum number of type patterns of a key.
  public static final int MAX_TYPES = 100;

  private static final int MAX_ID = 32;
  private static final TextRule OWNER = new TextRule(100);
  private static final int HASH_DIGITS = 64;

  /// @throws IllegalArgumentException with the component that breaks its rule
  public ApiKey {
    types = List.copyOf(types);
    require(isId(id), "key id must have 1 to 32 characters from a-z and 0-9");
    ownerProblem(owner).ifPresent(problem -> require(false, "owner " + problem));
    typesProblem(role, types).ifPresent(problem -> require(false, "types " + problem));
    require(secretHash.length() == HASH_DIGITS, "secret hash must have 64 hexadecimal digits");
  }

  private static void require(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException(rule);
    }
  }

  /// Returns whether a text can be the id of a key.
  public static boolean isId(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_ID
        && text.chars().allMatch(one -> (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9'));
  }

  /// Returns why `owner` cannot be an owner; empty when it can.
  public static Optional<String> ownerProblem(String owner) {
    return OWNER.problemWith(owner);
  }

  /// Returns why a key of this role cannot have these types; empty when it can.
  public static Optional<String> typesProblem(Role role, List<TypePattern> types) {
    if (!types.isEmpty() && role != Role.PRODUCER) {
      return Optional.of("must be empty unless the role is producer");
    }
    if (types.size() > MAX_TYPES) {
      return Optional.of("must have at most " + MAX_TYPES + " patterns");
    }
    boolean arePlain =
        types.stream()
            .allMatch(
                type -> type.glob().chars().noneMatch(c -> c == ',' || Character.isISOControl(c)));
    return arePlain
        ? Optional.empty()
        : Optional.of("must not contain commas or control characters");
  }

  /// Returns whether the key is accepted at this time.
  public boolean isLive(Instant now) {
    return revokedAt.isEmpty() && !isExpired(now);
  }

  /// Returns whether the key has expired.
  public boolean isExpired(Instant now) {
    return expiresAt.isPresent() && !now.isBefore(expiresAt.get());
  }

  /// Returns whether events of this type may be sent with the key.
  public boolean maySend(EventType type) {
    return role.allows(Role.PRODUCER)
        && (types.isEmpty() || types.stream().anyMatch(pattern -> pattern.matches(type)));
  }
}
