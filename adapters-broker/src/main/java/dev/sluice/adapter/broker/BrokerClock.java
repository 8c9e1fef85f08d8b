package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.codec.Micros;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.adapter.broker.connection.Script;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Whose time counts: that of Redis, so that nodes need not agree on theirs. Tests give another.
final class BrokerClock {

  private static final Script NOW = Script.alone("now");

  private final InstantSource local;
  private final Optional<InstantSource> instead;

  private BrokerClock(InstantSource local, Optional<InstantSource> instead) {
    this.local = local;
    this.instead = instead;
  }

  /// The time of Redis.
  ///
  /// @param local this node's
  static BrokerClock ofRedis(InstantSource local) {
    return new BrokerClock(local, Optional.empty());
  }

  /// A time that a test moves.
  static BrokerClock of(InstantSource clock) {
    return new BrokerClock(clock, Optional.of(clock));
  }

  /// What a script is told of the time, as its first argument: nothing where Redis knows it itself.
  String argument() {
    return instead.map(clock -> Micros.text(clock.instant())).orElse("");
  }

  /// The time that counts.
  Instant now(Redis redis) {
    return instead.map(InstantSource::instant).orElseGet(() -> ofRedis(redis));
  }

  private static Instant ofRedis(Redis redis) {
    List<String> parts = redis.texts(NOW, List.of());
    return Instant.ofEpochSecond(
        Long.parseLong(parts.getFirst()), 1_000 * Long.parseLong(parts.getLast()));
  }

  /// This node's time, which is what callers go by.
  Instant local() {
    return local.instant();
  }
}
