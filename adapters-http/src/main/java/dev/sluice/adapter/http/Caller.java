package dev.sluice.adapter.http;

import dev.sluice.application.intake.EventDraft;
import dev.sluice.domain.access.ApiKey;
import dev.sluice.domain.access.Role;
import dev.sluice.domain.event.EventType;
import dev.sluice.domain.port.ActivityEntry.Actor;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.subscription.TypePattern;
import dev.sluice.format.PayloadView;
import dev.sluice.format.ReadEvent;
import java.util.List;
import java.util.Optional;

/// Who sent a request, and what that one may do.
///
/// @param keyId the key that was sent; nothing without one
/// @param owner whose key it is; [#ANONYMOUS] without one
/// @param role what it is good for
/// @param types which events may be sent with it; any when empty
/// @param hidesPayloads whether payloads must not be shown
/// @param remoteAddress where the request comes from, in digits
public record Caller(
    Optional<String> keyId,
    String owner,
    Role role,
    List<TypePattern> types,
    boolean hidesPayloads,
    String remoteAddress) {

  /// The owner of no key.
  static final String ANONYMOUS = "anonymous";

  public Caller {
    types = List.copyOf(types);
  }

  /// Somebody without a key on an open service: may do everything.
  static Caller anonymous(String remoteAddress) {
    return new Caller(Optional.empty(), ANONYMOUS, Role.ADMIN, List.of(), false, remoteAddress);
  }

  static Caller of(ApiKey key, String remoteAddress) {
    return new Caller(
        Optional.of(key.id()),
        key.owner(),
        key.role(),
        key.types(),
        key.hidesPayloads(),
        remoteAddress);
  }

  /// The same, as it is recorded.
  Actor actor() {
    return new Actor(owner, keyId.orElse(""), role.wireName(), remoteAddress);
  }

  /// @throws ProblemException when the filter looks into payloads and this caller must not see any:
  ///   what is found would give them away
  public void requireMaySearch(EventFilter filter) {
    if (hidesPayloads && !filter.text().isEmpty()) {
      throw new ProblemException(
          Problem.of(
              ProblemCode.FORBIDDEN,
              "this key hides payloads, so it cannot search them: omit text"));
    }
  }

  /// What was read, with each event marked that this caller may not send.
  public ReadEvent permitted(ReadEvent read) {
    return read instanceof ReadEvent.Valid(EventDraft draft) && !maySend(draft.type())
        ? new ReadEvent.NotAllowed(draft)
        : read;
  }

  public List<ReadEvent> permitted(List<ReadEvent> events) {
    return types.isEmpty() ? events : events.stream().map(this::permitted).toList();
  }

  /// Whether it may send events of some types only.
  public boolean isBoundToTypes() {
    return !types.isEmpty();
  }

  /// Whether events of this type are any of its business.
  boolean maySend(EventType type) {
    return types.isEmpty() || types.stream().anyMatch(pattern -> pattern.matches(type));
  }

  /// What an answer may tell the caller of what is in an event.
  public PayloadView payloads() {
    return hidesPayloads ? PayloadView.HIDDEN : PayloadView.WHOLE;
  }
}
