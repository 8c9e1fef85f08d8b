package dev.sluice.adapter.broker.connection;

import java.time.Duration;
import java.util.List;

/// A lock in Redis, which expires when its holder is gone. It can be taken while Redis lacks
/// memory, too.
///
/// @param key of the lock
/// @param holder identifies who takes it
public record RedisLock(Redis redis, String key, String holder) {

  private static final Script LOCK = Script.alone("lock").evenAtLimit();
  private static final Script UNLOCK = Script.alone("unlock");

  /// Takes the lock if it is free.
  ///
  /// @param longest when it expires
  public boolean take(Duration longest) {
    List<String> arguments = List.of(holder, Long.toString(longest.toMillis()));
    return redis.run(LOCK, List.of(key), arguments).equals(1L);
  }

  /// Extends the lock, unless another holder has it.
  ///
  /// @param longest from now on
  public boolean keep(Duration longest) {
    boolean isHeld = holder.equals(redis.ask(client -> client.get(key)));
    return isHeld && redis.ask(client -> client.pexpire(key, longest.toMillis())) > 0;
  }

  /// Releases the lock, if the holder still has it.
  public void giveBack() {
    redis.run(UNLOCK, List.of(key), List.of(holder));
  }
}
