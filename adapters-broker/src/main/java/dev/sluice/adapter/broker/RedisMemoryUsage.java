package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.codec.Micros;
import dev.sluice.adapter.broker.connection.RareWarning;
import dev.sluice.adapter.broker.connection.Redis;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Watches the memory of Redis and acts before it is full: from 80 % on, the events completed
/// longest ago are purged early; from 90 % on, new events are refused, so that stored ones can be
/// processed.
final class RedisMemoryUsage {

  private static final System.Logger LOG = System.getLogger(RedisMemoryUsage.class.getName());
  private static final double TIGHT = 0.8;
  private static final double FULL = 0.9;
  private static final int TOGETHER = 500;
  private static final int MOST_AT_ONCE = 20;

  /// Producers without an answer retry within this time, so events that completed within it are
  /// kept.
  private static final Duration LATE = Duration.ofMinutes(1);

  private final Redis redis;
  private final Scripts scripts;
  private final RareWarning purging = new RareWarning();
  private final RareWarning refusing = new RareWarning();

  private volatile Usage usage = new Usage(0, 0);

  RedisMemoryUsage(Redis redis, Scripts scripts) {
    this.redis = redis;
    this.scripts = scripts;
  }

  /// The memory that Redis uses.
  ///
  /// @param used in bytes
  /// @param limit in bytes; 0 for none
  record Usage(long used, long limit) {

    /// Returns the used share of the limit; 0 without a limit.
    double share() {
      return limit > 0 ? (double) used / limit : 0;
    }
  }

  /// Returns whether new events must be refused.
  boolean isFull() {
    return usage.share() >= FULL;
  }

  /// Reads the usage, and purges events when memory is short. Called about once a second.
  void look() {
    var _ = refresh();
    int forgotten = purgeWhileTight();
    if (forgotten > 0) {
      LOG.log(
          purging.level(),
          "Redis used 80 % of its maxmemory: purged {0} finished events and their ids before"
              + " RETENTION; raise maxmemory or shorten RETENTION",
          forgotten);
    }
    if (isFull()) {
      LOG.log(
          refusing.level(),
          "Redis uses {0} % of its maxmemory: refusing new events until it uses less",
          Math.round(usage.share() * 100));
    }
  }

  /// @return how many events were purged
  private int purgeWhileTight() {
    int forgotten = 0;
    for (int turn = 0; turn < MOST_AT_ONCE && usage.share() >= TIGHT; turn++) {
      int some = forgetLongestCompleted();
      forgotten += some;
      var _ = refresh();
      if (some == 0) {
        break;
      }
    }
    return forgotten;
  }

  /// Reads the usage from Redis, without purging.
  Usage refresh() {
    Map<String, String> info = redis.info("memory");
    var now =
        new Usage(
            Long.parseLong(info.getOrDefault("used_memory", "0")),
            Long.parseLong(info.getOrDefault("maxmemory", "0")));
    usage = now;
    return now;
  }

  private int forgetLongestCompleted() {
    String before = Micros.text(scripts.now().minus(LATE));
    List<String> answer =
        scripts.run(Scripts.PURGE, List.of(before, Integer.toString(TOGETHER), "1"));
    return Integer.parseInt(answer.getFirst());
  }
}
