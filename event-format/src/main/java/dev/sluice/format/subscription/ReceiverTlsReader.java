package dev.sluice.format.subscription;

import dev.sluice.domain.secret.Secret;
import dev.sluice.domain.subscription.ReceiverTls;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Reads what is particular about TLS to a receiver. Used by one thread for one value.
final class ReceiverTlsReader {

  private static final int MAX_CHARACTERS = 32 * 1024;

  private final MemberReader members;
  private final Map<String, String> texts = new HashMap<>();

  private ReceiverTlsReader(MemberReader members) {
    this.members = members;
  }

  /// Reads the next value; empty when it has a problem, or no members.
  ///
  /// @param isStored whether it comes from a storage: with an encrypted key
  static Optional<ReceiverTls> read(MemberReader members, String pointer, boolean isStored) {
    var reader = new ReceiverTlsReader(members);
    String key = isStored ? "encrypted" : "key";
    boolean isObject =
        members.object(
            pointer,
            Map.of(
                "authorities",
                reader.text("authorities"),
                "certificate",
                reader.text("certificate"),
                key,
                reader.text(key)));
    if (!isObject || reader.texts.isEmpty()) {
      return Optional.empty();
    }
    if (reader.texts.containsKey("key") && !reader.texts.containsKey("certificate")) {
      members.problem(pointer + "/certificate", "is required by key");
    }
    Optional<Secret> plain = reader.get("key").map(Secret.Plain::new);
    Optional<Secret> encrypted = reader.get("encrypted").map(Secret.Encrypted::new);
    return Optional.of(
        new ReceiverTls(
            reader.get("authorities"), reader.get("certificate"), plain.or(() -> encrypted)));
  }

  private Optional<String> get(String name) {
    return Optional.ofNullable(texts.get(name));
  }

  private MemberReader.Member text(String name) {
    return pointer -> {
      Optional<String> text = members.string(pointer);
      if (text.filter(one -> one.length() > MAX_CHARACTERS).isPresent()) {
        members.problem(pointer, "must have at most " + MAX_CHARACTERS + " characters");
      } else {
        text.ifPresent(one -> texts.put(name, one));
      }
    };
  }
}
