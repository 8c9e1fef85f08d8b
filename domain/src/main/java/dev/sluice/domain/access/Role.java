package dev.sluice.domain.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The permissions of a key.
public enum Role {
  /// May send events, but sees nothing of others.
  PRODUCER,
  /// May see everything, but change nothing.
  VIEWER,
  /// May see everything, send events, and fix what is stuck.
  OPERATOR,
  /// May do everything, including the administration of keys.
  ADMIN;

  /// Returns whether this role may do what `needed` may. Viewers and producers have nothing in
  /// common; the others may do whatever a lower role may.
  public boolean allows(Role needed) {
    return this == needed || (this != PRODUCER && this != VIEWER && needed.compareTo(this) < 0);
  }

  /// Returns the name in the API, in lower case.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Returns the role with this name in the API, if there is one.
  public static Optional<Role> named(String wireName) {
    return Arrays.stream(values()).filter(role -> role.wireName().equals(wireName)).findFirst();
  }
}
