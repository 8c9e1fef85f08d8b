package dev.sluice.application.access;

import dev.sluice.domain.access.ApiKey;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A key in memory, with the time of its last use on this node.
final class KnownKey {

  /// Uses closer together than this count as one, so that a busy key is not written with every
  /// call.
  private static final Duration GRAIN = Duration.ofSeconds(1);

  private final ApiKey key;
  private final byte[] hash;

  /// Written by any caller; of two concurrent writes either may win.
  private volatile @Nullable Instant usedAt;

  /// The last use that the storage has. Guarded by the monitor of [AccessKeys].
  private @Nullable Instant writtenAt;

  KnownKey(ApiKey key) {
    this.key = key;
    this.hash = HexFormat.of().parseHex(key.secretHash());
  }

  ApiKey key() {
    return key;
  }

  /// This key as the storage has it now, with its times of use.
  KnownKey updated(ApiKey now) {
    if (now.equals(key)) {
      return this;
    }
    var updated = new KnownKey(now);
    updated.usedAt = usedAt;
    updated.writtenAt = writtenAt;
    return updated;
  }

  boolean hasHash(byte[] other) {
    return MessageDigest.isEqual(hash, other);
  }

  void used(Instant now) {
    Instant before = usedAt;
    boolean isFresh = before != null && !now.isBefore(before) && !before.plus(GRAIN).isBefore(now);
    if (!isFresh) {
      usedAt = now;
    }
  }

  /// The time of the last use, if it is not stored yet.
  Optional<Instant> toWrite() {
    Instant used = usedAt;
    return used == null || used.equals(writtenAt) ? Optional.empty() : Optional.of(used);
  }

  void written(Instant used) {
    writtenAt = used;
  }
}
