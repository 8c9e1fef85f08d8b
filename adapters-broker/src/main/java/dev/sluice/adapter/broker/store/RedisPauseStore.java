package dev.sluice.adapter.broker.store;

import dev.sluice.adapter.broker.codec.Fields;
import dev.sluice.adapter.broker.codec.Nanos;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.adapter.broker.connection.Script;
import dev.sluice.domain.port.PauseStore;
import dev.sluice.domain.subscription.Pause;
import dev.sluice.domain.subscription.PauseScope;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Keeps pauses in a hash of Redis, by their scope.
public final class RedisPauseStore implements PauseStore {

  private static final String PAUSES = "sluice:pauses";

  private static final Script PUT = Script.alone("pause-put").evenAtLimit();

  /// No subscription has an empty name.
  private static final String EVERYTHING = "";

  private final Redis redis;

  public RedisPauseStore(Redis redis) {
    this.redis = redis;
  }

  @Override
  public void put(Pause pause) {
    String text =
        Fields.join(
            List.of(pause.reason(), pause.by(), Nanos.text(pause.at()), Nanos.text(pause.end())));
    redis.run(PUT, List.of(name(pause.scope()), text));
  }

  @Override
  public boolean remove(PauseScope scope) {
    return redis.ask(client -> client.hdel(PAUSES, name(scope))) > 0;
  }

  @Override
  public List<Pause> all() {
    return redis.ask(client -> client.hgetAll(PAUSES)).entrySet().stream()
        .map(RedisPauseStore::pause)
        .toList();
  }

  private static Pause pause(Map.Entry<String, String> entry) {
    List<String> fields = Fields.split(entry.getValue());
    return new Pause(
        scope(entry.getKey()),
        fields.get(0),
        fields.get(1),
        Nanos.toInstant(fields.get(2)),
        Nanos.toOptional(fields.get(3)).orElse(Instant.MAX));
  }

  private static String name(PauseScope scope) {
    return switch (scope) {
      case PauseScope.Everything() -> EVERYTHING;
      case PauseScope.One(SubscriptionName subscription) -> subscription.value();
    };
  }

  private static PauseScope scope(String name) {
    return name.equals(EVERYTHING)
        ? PauseScope.EVERYTHING
        : new PauseScope.One(new SubscriptionName(name));
  }
}
