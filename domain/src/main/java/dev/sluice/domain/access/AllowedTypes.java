package dev.sluice.domain.access;

import dev.sluice.domain.event.EventType;
import dev.sluice.domain.subscription.TypePattern;
import java.util.List;

/// The event types that a key may send.
///
/// @param patterns the types; all types when empty
public record AllowedTypes(List<TypePattern> patterns) {

  /// Every type.
  public static final AllowedTypes ALL = new AllowedTypes(List.of());

  public AllowedTypes {
    patterns = List.copyOf(patterns);
  }

  /// Returns whether every type is allowed.
  public boolean areAll() {
    return patterns.isEmpty();
  }

  /// Returns whether events of this type may be sent.
  public boolean allow(EventType type) {
    return areAll() || patterns.stream().anyMatch(pattern -> pattern.matches(type));
  }
}
