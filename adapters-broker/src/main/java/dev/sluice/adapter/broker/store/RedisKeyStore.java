package dev.sluice.adapter.broker.store;

import dev.sluice.adapter.broker.codec.Nanos;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.adapter.broker.connection.Script;
import dev.sluice.domain.access.ApiKey;
import dev.sluice.domain.port.KeyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Keeps API keys in a hash of Redis, by their ids.
public final class RedisKeyStore implements KeyStore {

  private static final String KEYS = "sluice:keys";
  private static final Script ADD = Script.alone("key-add").evenAtLimit();
  private static final Script REVOKE = Script.alone("key-revoke").evenAtLimit();
  private static final Script TOUCH = Script.alone("key-touch").evenAtLimit();

  private static final Comparator<ApiKey> OLDEST_FIRST =
      Comparator.comparing(ApiKey::createdAt).thenComparing(ApiKey::id);

  private final Redis redis;

  public RedisKeyStore(Redis redis) {
    this.redis = redis;
  }

  @Override
  public List<ApiKey> all() {
    return redis.ask(client -> client.hgetAll(KEYS)).values().stream()
        .map(ApiKeyCodec::decode)
        .sorted(OLDEST_FIRST)
        .toList();
  }

  @Override
  public Addition add(ApiKey key) {
    List<String> answer =
        redis.texts(
            ADD,
            List.of(
                key.id(),
                ApiKeyCodec.encode(key),
                Integer.toString(MOST_LIVE_PER_OWNER),
                Integer.toString(MOST_KEYS)));
    return Addition.valueOf(answer.getFirst());
  }

  @Override
  public boolean revoke(String id, Instant at) {
    return redis.number(REVOKE, List.of(id, Nanos.text(at))) > 0;
  }

  @Override
  public void touch(Map<String, Instant> lastUses) {
    if (lastUses.isEmpty()) {
      return;
    }
    var arguments = new ArrayList<String>(2 * lastUses.size());
    lastUses.forEach(
        (id, at) -> {
          arguments.add(id);
          arguments.add(Nanos.text(at));
        });
    redis.run(TOUCH, arguments);
  }
}
