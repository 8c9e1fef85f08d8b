package dev.sluice.domain.port;

import dev.sluice.domain.access.ApiKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Stores the API keys. May throw [StoreUnavailableException].
public interface KeyStore {

  /// Maximum number of stored keys, including those that are rejected.
  int MOST_KEYS = 1_000;

  /// Maximum number of live keys of one owner: the current one and its replacement.
  int MOST_LIVE_PER_OWNER = 2;

  /// The result of adding a key.
  enum Addition {
    /// The key was stored.
    ADDED,
    /// Not stored: its owner has the maximum number of live keys.
    OWNER_HAS_ENOUGH,
    /// Not stored: the maximum number of keys is stored, and all of them are live.
    FULL,
    /// Not stored: another key has this id.
    ID_TAKEN
  }

  /// Returns all keys in the order in which they were created; those of the same time by id.
  List<ApiKey> all();

  /// Stores a new key unless that exceeds a limit, however many callers and nodes add keys at once.
  /// Which keys are live is judged at the creation time of the new one. When [#MOST_KEYS] keys are
  /// stored, the oldest that are not live are deleted to make room.
  Addition add(ApiKey key);

  /// Revokes a key from this time on. A key that is already revoked stays as it is.
  ///
  /// @return whether there is such a key
  boolean revoke(String id, Instant at);

  /// Records when keys were last used. A recorded time never goes back; unknown keys are ignored.
  void touch(Map<String, Instant> lastUses);
}
