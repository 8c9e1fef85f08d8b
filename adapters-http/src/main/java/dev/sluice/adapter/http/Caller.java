package dev.sluice.adapter.http;

import dev.sluice.domain.access.AllowedTypes;
import dev.sluice.domain.access.ApiKey;
import dev.sluice.domain.access.Role;
import dev.sluice.domain.port.ActivityEntry.Actor;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.format.PayloadView;
import java.util.Optional;

/// The sender of a request, and what it may do.
///
/// @param keyId the key that was sent; empty without one
/// @param owner the owner of the key; [#ANONYMOUS] without one
/// @param role the role of the key
/// @param types the event types that it may send
/// @param hidesPayloads whether responses must not show payloads
/// @param remoteAddress the client's IP address
public record Caller(
    Optional<String> keyId,
    String owner,
    Role role,
    AllowedTypes types,
    boolean hidesPayloads,
    String remoteAddress) {

  /// The owner's name for a caller without a key.
  static final String ANONYMOUS = "anonymous";

  /// Returns a caller without a key on an open service, which may do everything.
  static Caller anonymous(String remoteAddress) {
    return new Caller(
        Optional.empty(), ANONYMOUS, Role.ADMIN, AllowedTypes.ALL, false, remoteAddress);
  }

  static Caller of(ApiKey key, String remoteAddress) {
    return new Caller(
        Optional.of(key.id()),
        key.owner(),
        key.role(),
        new AllowedTypes(key.types()),
        key.hidesPayloads(),
        remoteAddress);
  }

  /// Returns the caller as the activity log records it.
  Actor actor() {
    return new Actor(owner, keyId.orElse(""), role.wireName(), remoteAddress);
  }

  /// Checks that the caller has a role, or a higher one.
  ///
  /// @throws ProblemException when it has not
  public void require(Role needed) {
    if (!role.allows(needed)) {
      throw new ProblemException(
          Problem.of(
                  ProblemCode.FORBIDDEN,
                  "Use a key with the role "
                      + needed.wireName()
                      + " or a higher one; this key's role is "
                      + role.wireName()
                      + ".")
              .with("required_role", needed.wireName()));
    }
  }

  /// Checks that the caller may use a filter.
  ///
  /// @throws ProblemException when the filter searches payloads and this caller may not see any:
  ///   the matches would reveal them
  public void requireMaySearch(EventFilter filter) {
    if (hidesPayloads && !filter.text().isEmpty()) {
      throw new ProblemException(
          Problem.of(
              ProblemCode.FORBIDDEN,
              "Omit the filter \"text\": this key hides payloads, so it cannot search them."));
    }
  }

  /// Whether it may only send events of certain types.
  public boolean isBoundToTypes() {
    return !types.areAll();
  }

  /// Returns how much of a payload a response may show to the caller.
  public PayloadView payloads() {
    return hidesPayloads ? PayloadView.HIDDEN : PayloadView.WHOLE;
  }
}
