package dev.sluice.admin.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Keys by name of the profile. Its text never shows one.
public record Keyring(Map<String, String> keys) {

  public static final Keyring EMPTY = new Keyring(Map.of());

  public Keyring {
    keys = Map.copyOf(keys);
  }

  /// The key of a profile.
  public Optional<String> of(String profile) {
    return Optional.ofNullable(keys.get(profile));
  }

  /// The same with another key for a profile; without one when it is empty.
  public Keyring with(String profile, Optional<String> key) {
    Map<String, String> changed = new LinkedHashMap<>(keys);
    changed.remove(profile);
    key.map(String::strip).filter(text -> !text.isEmpty()).ifPresent(k -> changed.put(profile, k));
    return new Keyring(changed);
  }

  @Override
  public String toString() {
    return "keys of " + keys.keySet();
  }
}
