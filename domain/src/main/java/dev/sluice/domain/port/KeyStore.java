package dev.sluice.domain.port;

import dev.sluice.domain.access.ApiKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Keeps the keys of those who call. May throw [StoreUnavailableException].
public interface KeyStore {

  /// Most keys that are kept, refused ones included.
  int MOST_KEYS = 1_000;

  /// Most keys of one owner that are live at once: the present one and the one that replaces it.
  int MOST_LIVE_PER_OWNER = 2;

  /// What became of a new key.
  enum Addition {
    /// It is kept.
    ADDED,
    /// It is not: its owner has as many live keys as allowed.
    OWNER_HAS_ENOUGH,
    /// It is not: there are as many live keys as can be kept.
    FULL,
    /// It is not: another key has its id.
    ID_TAKEN
  }

  /// All keys, in the order in which they were made; those of the same time by id.
  List<ApiKey> all();

  /// Keeps a new key, unless a limit stands against it, however many callers and nodes add at once.
  /// Which keys are live is judged at the time when the new one was made. When as many keys as
  /// allowed are kept, the oldest of those that are not live make room.
  Addition add(ApiKey key);

  /// Takes down that a key is refused from now on. One that is revoked already stays as it is.
  ///
  /// @return whether there is such a key
  boolean revoke(String id, Instant at);

  /// Takes down when keys were last used. A time never goes back, and unknown keys are left out.
  void touch(Map<String, Instant> lastUses);
}
