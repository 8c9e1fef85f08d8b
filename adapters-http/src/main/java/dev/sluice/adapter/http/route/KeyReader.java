package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.application.access.ManageKeys.NewKey;
import dev.sluice.domain.access.ApiKey;
import dev.sluice.domain.access.Role;
import dev.sluice.domain.subscription.TypePattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads the properties of a new key: `owner`, `role`, `types`, `hide_payloads`, `expires_at`.
final class KeyReader {

  private static final String ROLES =
      "one of "
          + Arrays.stream(Role.values()).map(Role::wireName).collect(Collectors.joining(", "));

  private final BodyObject body;
  private final Instant now;

  KeyReader(BodyObject body, Instant now) {
    this.body = body;
    this.now = now;
  }

  /// @throws ProblemException when the body breaks a rule
  NewKey read() {
    body.allowOnly(Set.of("owner", "role", "types", "hide_payloads", "expires_at"));
    String owner = owner();
    Role role = role();
    List<TypePattern> types = types();
    boolean hidesPayloads = body.flag("hide_payloads").orElse(false);
    Optional<Instant> expiresAt = body.time("expires_at");
    if (expiresAt.isPresent() && !expiresAt.get().isAfter(now)) {
      body.problem("expires_at", "must be in the future");
    }
    if (!body.isWrong()) {
      ApiKey.typesProblem(role, types).ifPresent(detail -> body.problem("types", detail));
    }
    body.throwIfWrong(
        ProblemCode.INVALID_KEY,
        "Fix the fields listed in \"errors\" and resend. No key was created.");
    return new NewKey(owner, role, types, hidesPayloads, expiresAt);
  }

  private String owner() {
    if (!body.has("owner")) {
      body.problem("owner", "is required: the owner of the key");
    }
    Optional<String> owner = body.text("owner");
    owner.flatMap(ApiKey::ownerProblem).ifPresent(detail -> body.problem("owner", detail));
    return owner.orElse("");
  }

  private Role role() {
    if (!body.has("role")) {
      body.problem("role", "is required: " + ROLES);
      return Role.PRODUCER;
    }
    Optional<String> name = body.text("role");
    Optional<Role> role = name.flatMap(Role::named);
    if (name.isPresent() && role.isEmpty()) {
      body.problem("role", "must be " + ROLES);
    }
    return role.orElse(Role.PRODUCER);
  }

  private List<TypePattern> types() {
    List<String> globs = body.list("types", "must be an array of patterns such as order.*");
    var types = new ArrayList<TypePattern>();
    for (int index = 0; index < globs.size(); index++) {
      try {
        types.add(new TypePattern(globs.get(index)));
      } catch (IllegalArgumentException e) {
        body.problem("types", index, "must be a pattern of 1 to 255 characters");
      }
    }
    return types;
  }
}
