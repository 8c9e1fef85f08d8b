package dev.sluice.domain.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What the owner of a key may do.
public enum Role {
  /// Sends events, and sees nothing of others.
  PRODUCER,
  /// Sees everything, and changes nothing.
  VIEWER,
  /// Sees everything, sends events, and puts right what is stuck.
  OPERATOR,
  /// May do everything, keys included.
  ADMIN;

  /// Whether this role may do what `needed` may. Viewers and producers have nothing in common; the
  /// others may do whatever a lower one may.
  public boolean allows(Role needed) {
    return this == needed || (this != PRODUCER && this != VIEWER && needed.compareTo(this) < 0);
  }

  /// The name in the API, in lower case.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The role with this name, in lower case.
  public static Optional<Role> named(String wireName) {
    return Arrays.stream(values()).filter(role -> role.wireName().equals(wireName)).findFirst();
  }
}
