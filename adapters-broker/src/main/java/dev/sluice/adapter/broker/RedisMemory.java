package dev.sluice.adapter.broker;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How much of its memory Redis uses, and what is done before it is full: from 80 % on, what has
/// been completed for longest is forgotten early; from 90 % on, no new events are taken in, so that
/// those that are stored can be worked off.
final class RedisMemory {

  private static final System.Logger LOG = System.getLogger(RedisMemory.class.getName());
  private static final double TIGHT = 0.8;
  private static final double FULL = 0.9;
  private static final int TOGETHER = 500;
  private static final int MOST_AT_ONCE = 20;

  /// Producers that hear nothing repeat within this time: ids of late are not forgotten.
  private static final Duration LATE = Duration.ofMinutes(1);

  private final Redis redis;
  private final Scripts scripts;
  private final RareWarning purging = new RareWarning();
  private final RareWarning refusing = new RareWarning();

  /// Of what it may use; 0 where it has no limit.
  private volatile double share;

  RedisMemory(Redis redis, Scripts scripts) {
    this.redis = redis;
    this.scripts = scripts;
  }

  /// How much it used when it was last looked at; 0 where it has no limit.
  double share() {
    return share;
  }

  /// Whether no new events may be stored.
  boolean isFull() {
    return share >= FULL;
  }

  /// Asks Redis, and makes room where there is too little. Called about once a second.
  void look() {
    refresh();
    int forgotten = 0;
    for (int turn = 0; turn < MOST_AT_ONCE && share >= TIGHT; turn++) {
      int some = forgetLongestCompleted();
      forgotten += some;
      refresh();
      if (some == 0) {
        break;
      }
    }
    if (forgotten > 0) {
      LOG.log(
          purging.level(),
          "Redis used 80 % of its maxmemory: {0} finished events were forgotten before RETENTION,"
              + " and so were their ids; give it more memory or shorten RETENTION",
          forgotten);
    }
    if (isFull()) {
      LOG.log(
          refusing.level(),
          "Redis uses {0} % of its maxmemory: new events are refused until there is room",
          Math.round(share * 100));
    }
  }

  private void refresh() {
    Map<String, String> memory = redis.info("memory");
    double limit = Double.parseDouble(memory.getOrDefault("maxmemory", "0"));
    double used = Double.parseDouble(memory.getOrDefault("used_memory", "0"));
    share = limit > 0 ? used / limit : 0;
  }

  private int forgetLongestCompleted() {
    String before = Micros.text(scripts.now().minus(LATE));
    List<String> answer =
        scripts.run(Scripts.PURGE, List.of(before, Integer.toString(TOGETHER), "1"));
    return Integer.parseInt(answer.getFirst());
  }
}
