package dev.sluice.adapter.memory;

import dev.sluice.domain.access.ApiKey;
import dev.sluice.domain.port.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Stores keys as long as the process lives. Guarded by this object's monitor.
final class MemoryKeyStore implements KeyStore {

  private static final Comparator<ApiKey> OLDEST_FIRST =
      Comparator.comparing(ApiKey::createdAt).thenComparing(ApiKey::id);

  private final Map<String, ApiKey> keys = new HashMap<>();

  @Override
  public synchronized List<ApiKey> all() {
    var all = new ArrayList<>(keys.values());
    all.sort(OLDEST_FIRST);
    return List.copyOf(all);
  }

  @Override
  public synchronized Addition add(ApiKey key) {
    Instant now = key.createdAt();
    long live =
        keys.values().stream()
            .filter(other -> other.owner().equals(key.owner()) && other.isLive(now))
            .count();
    if (live >= MOST_LIVE_PER_OWNER) {
      return Addition.OWNER_HAS_ENOUGH;
    }
    if (keys.containsKey(key.id())) {
      return Addition.ID_TAKEN;
    }
    if (keys.size() >= MOST_KEYS) {
      Optional<ApiKey> oldest =
          keys.values().stream().filter(other -> !other.isLive(now)).min(OLDEST_FIRST);
      if (oldest.isEmpty()) {
        return Addition.FULL;
      }
      keys.remove(oldest.get().id());
    }
    keys.put(key.id(), key);
    return Addition.ADDED;
  }

  @Override
  public synchronized boolean revoke(String id, Instant at) {
    ApiKey revoked =
        keys.computeIfPresent(
            id, (_, key) -> with(key, Optional.of(key.revokedAt().orElse(at)), key.lastUsedAt()));
    return revoked != null;
  }

  @Override
  public synchronized void touch(Map<String, Instant> lastUses) {
    lastUses.forEach(
        (id, used) ->
            keys.computeIfPresent(
                id,
                (_, key) ->
                    key.lastUsedAt().filter(before -> !before.isBefore(used)).isPresent()
                        ? key
                        : with(key, key.revokedAt(), Optional.of(used))));
  }

  private static ApiKey with(
      ApiKey key, Optional<Instant> revokedAt, Optional<Instant> lastUsedAt) {
    return new ApiKey(
        key.id(),
        key.owner(),
        key.role(),
        key.types(),
        key.hidesPayloads(),
        key.secretHash(),
        key.createdAt(),
        key.expiresAt(),
        revokedAt,
        lastUsedAt);
  }
}
