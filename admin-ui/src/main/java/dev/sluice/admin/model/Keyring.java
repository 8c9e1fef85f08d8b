package dev.sluice.admin.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Keys by profile name. [#toString] never shows a key.
public record Keyring(Map<String, String> keys) {

  public static final Keyring EMPTY = new Keyring(Map.of());

  public Keyring {
    keys = Map.copyOf(keys);
  }

  /// Returns the key of a profile.
  public Optional<String> of(String profile) {
    return Optional.ofNullable(keys.get(profile));
  }

  /// Returns a copy with a new key for a profile, or with none if the key is empty.
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
