package dev.sluice.format.subscription;

import dev.sluice.domain.secret.Secret;
import dev.sluice.domain.subscription.Credentials;
import dev.sluice.domain.subscription.Credentials.Scheme;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Reads the credentials of a webhook. Used by one thread for one value.
final class CredentialsReader {

  /// The secret member of each scheme, and the one that names something.
  private static final Map<Scheme, String> SECRETS =
      Map.of(Scheme.BEARER, "token", Scheme.BASIC, "password", Scheme.HEADER, "value");

  private static final Map<Scheme, String> NAMES =
      Map.of(Scheme.BASIC, "username", Scheme.HEADER, "name");

  private static final String RULE =
      "must be an object, such as {\"scheme\":\"bearer\",\"token\":\"…\"}";

  private final MemberReader members;
  private final Map<String, String> texts = new HashMap<>();

  private CredentialsReader(MemberReader members) {
    this.members = members;
  }

  /// Reads the next value; empty when it has a problem.
  ///
  /// @param isStored whether it comes from a storage: with an encrypted secret
  static Optional<Credentials> read(MemberReader members, String pointer, boolean isStored) {
    var reader = new CredentialsReader(members);
    Map<String, MemberReader.Member> readers = new HashMap<>();
    for (String name : new String[] {"scheme", "username", "name"}) {
      readers.put(name, reader.text(name));
    }
    if (isStored) {
      readers.put("encrypted", reader.text("encrypted"));
    } else {
      SECRETS.values().forEach(name -> readers.put(name, reader.text(name)));
    }
    return members.object(pointer, RULE, readers) ? reader.credentials(pointer) : Optional.empty();
  }

  private MemberReader.Member text(String name) {
    return pointer -> members.string(pointer).ifPresent(text -> texts.put(name, text));
  }

  private Optional<Credentials> credentials(String pointer) {
    String given = texts.remove("scheme");
    Optional<Scheme> scheme =
        Arrays.stream(Scheme.values()).filter(one -> one.wireName().equals(given)).findAny();
    if (scheme.isEmpty()) {
      members.problem(
          pointer + "/scheme",
          (given == null ? "is required: " : "must be ") + "bearer, basic or header");
      return Optional.empty();
    }
    return credentials(scheme.get(), pointer);
  }

  private Optional<Credentials> credentials(Scheme scheme, String pointer) {
    Optional<String> name =
        Optional.ofNullable(NAMES.get(scheme)).map(member -> texts.remove(member));
    if (name.isEmpty() && NAMES.containsKey(scheme)) {
      members.problem(pointer + "/" + NAMES.get(scheme), "is required by " + scheme.wireName());
      return Optional.empty();
    }
    Optional<Secret> plain =
        Optional.ofNullable(texts.remove(SECRETS.get(scheme))).map(Secret.Plain::new);
    Optional<Secret> encrypted =
        Optional.ofNullable(texts.remove("encrypted")).map(Secret.Encrypted::new);
    texts
        .keySet()
        .forEach(
            other ->
                members.problem(pointer + "/" + other, "is not a member of " + scheme.wireName()));
    return texts.isEmpty()
        ? Optional.of(new Credentials(scheme, name.orElse(""), plain.or(() -> encrypted)))
        : Optional.empty();
  }
}
