package dev.sluice.adapter.broker.store;

import static java.util.stream.Collectors.joining;

import dev.sluice.adapter.broker.codec.Fields;
import dev.sluice.adapter.broker.codec.Nanos;
import dev.sluice.domain.access.ApiKey;
import dev.sluice.domain.access.Role;
import dev.sluice.domain.port.StoreUnavailableException;
import dev.sluice.domain.subscription.TypePattern;
import java.util.Arrays;
import java.util.List;

/// Encodes API keys. The scripts read the first five fields: when the key was created, when it
/// expires, when it was revoked, when it was last used, and its owner.
final class ApiKeyCodec {

  /// Separates patterns, which contain none.
  private static final String COMMA = ",";

  private static final String YES = "1";

  private ApiKeyCodec() {}

  static String encode(ApiKey key) {
    return Fields.join(
        List.of(
            Nanos.text(key.createdAt()),
            Nanos.text(key.expiresAt()),
            Nanos.text(key.revokedAt()),
            Nanos.text(key.lastUsedAt()),
            key.owner(),
            key.id(),
            key.role().wireName(),
            key.types().stream().map(TypePattern::glob).collect(joining(COMMA)),
            key.hidesPayloads() ? YES : "",
            key.secretHash()));
  }

  /// Reads a key.
  ///
  /// @throws StoreUnavailableException when this version does not know the key's role
  static ApiKey decode(String text) {
    List<String> fields = Fields.split(text);
    return new ApiKey(
        fields.get(5),
        fields.get(4),
        role(fields.get(6)),
        types(fields.get(7)),
        fields.get(8).equals(YES),
        fields.get(9),
        Nanos.toInstant(fields.get(0)),
        Nanos.toOptional(fields.get(1)),
        Nanos.toOptional(fields.get(2)),
        Nanos.toOptional(fields.get(3)));
  }

  private static Role role(String name) {
    return Role.named(name)
        .orElseThrow(() -> new StoreUnavailableException("unknown role of a key: " + name));
  }

  private static List<TypePattern> types(String globs) {
    return globs.isEmpty()
        ? List.of()
        : Arrays.stream(globs.split(COMMA, -1)).map(TypePattern::new).toList();
  }
}
