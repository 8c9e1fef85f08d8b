package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.adapter.broker.connection.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The scripts that read and change the state of events in Redis, with the arguments that all of
/// them take.
final class Scripts {

  static final Script RESERVE = Script.onRecords("reserve");
  static final Script EXISTING = Script.onRecords("existing").evenAtLimit();
  static final Script DIGEST = Script.onRecords("digest");
  static final Script CONFIRM = Script.onRecords("confirm").evenAtLimit();
  static final Script RELEASE = Script.onRecords("release").evenAtLimit();
  static final Script BEGIN = Script.onRecords("begin").evenAtLimit();
  static final Script SETTLE = Script.onRecords("settle").evenAtLimit();
  static final Script EXTEND = Script.onRecords("extend").evenAtLimit();
  static final Script REGISTER = Script.onRecords("register");
  static final Script CONTROL = Script.onRecords("control").evenAtLimit();
  static final Script RESCHEDULE = Script.onRecords("reschedule").evenAtLimit();
  static final Script REPLAY = Script.onRecords("replay");
  static final Script BACKFILL = Script.onRecords("backfill");
  static final Script PURGE = Script.onRecords("purge").evenAtLimit();
  static final Script DEAD = Script.onRecords("dead").evenAtLimit();
  static final Script GROUPS = Script.onRecords("groups").evenAtLimit();
  static final Script COUNTS = Script.onRecords("subscription-counts").evenAtLimit();
  static final Script PARK = Script.onRecords("park").evenAtLimit();

  private final Redis redis;
  private final BrokerClock clock;
  private final String retention;

  /// @param retention how long finished events are kept at most
  Scripts(Redis redis, BrokerClock clock, Duration retention) {
    this.redis = redis;
    this.clock = clock;
    this.retention = Long.toString(retention.toMillis());
  }

  /// Runs a script and returns its answers.
  List<String> run(Script script, List<String> arguments) {
    var all = new ArrayList<String>(arguments.size() + 2);
    all.add(clock.argument());
    all.add(retention);
    all.addAll(arguments);
    return redis.texts(script, all);
  }

  /// Runs a script that returns nothing.
  void send(Script script, List<String> arguments) {
    var all = new ArrayList<String>(arguments.size() + 2);
    all.add(clock.argument());
    all.add(retention);
    all.addAll(arguments);
    var _ = redis.run(script, all);
  }

  /// Returns the storage's time.
  Instant now() {
    return clock.now(redis);
  }
}
