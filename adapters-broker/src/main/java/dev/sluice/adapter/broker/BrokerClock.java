package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.codec.Micros;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.adapter.broker.connection.Script;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The storage's time: that of Redis, so that the clocks of nodes need not agree. Tests replace it.
final class BrokerClock {

  private static final Script NOW = Script.alone("now");

  private final InstantSource local;
  private final Optional<InstantSource> instead;

  private BrokerClock(InstantSource local, Optional<InstantSource> instead) {
    this.local = local;
    this.instead = instead;
  }

  /// Returns a clock that reads the time of Redis.
  ///
  /// @param local this node's clock
  static BrokerClock ofRedis(InstantSource local) {
    return new BrokerClock(local, Optional.empty());
  }

  /// Returns a clock that a test moves.
  static BrokerClock of(InstantSource clock) {
    return new BrokerClock(clock, Optional.of(clock));
  }

  /// Returns the first argument of a script: the time in tests, otherwise empty, so that the script
  /// asks Redis.
  String argument() {
    return instead.map(clock -> Micros.text(clock.instant())).orElse("");
  }

  /// Returns the storage's time.
  Instant now(Redis redis) {
    return instead.map(InstantSource::instant).orElseGet(() -> ofRedis(redis));
  }

  private static Instant ofRedis(Redis redis) {
    List<String> parts = redis.texts(NOW, List.of());
    return Instant.ofEpochSecond(
        Long.parseLong(parts.getFirst()), 1_000 * Long.parseLong(parts.getLast()));
  }

  /// Returns this node's time, which callers use.
  Instant local() {
    return local.instant();
  }
}
