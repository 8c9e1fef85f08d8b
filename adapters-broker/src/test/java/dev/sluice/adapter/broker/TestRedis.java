package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.connection.KeyPrefix;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.contract.servers.BrokerUrls;
import java.net.URI;
import redis.clients.jedis.UnifiedJedis;

/// An emptied Redis.
public final class TestRedis {

  private TestRedis() {}

  /// Opens it.
  public static Redis empty(BrokerUrls urls) {
    Redis redis = Redis.at(URI.create(urls.redis()), KeyPrefix.NONE);
    redis.ask(UnifiedJedis::flushDB);
    return redis;
  }
}
