package dev.sluice.adapter.broker.store;

import dev.sluice.adapter.broker.TestRedis;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.contract.KeyStoreContract;
import dev.sluice.contract.servers.BrokerServers;
import dev.sluice.contract.servers.BrokerUrls;
import dev.sluice.domain.port.KeyStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("broker")
@ExtendWith(BrokerServers.class)
final class RedisKeyStoreTest implements KeyStoreContract {

  private final Redis redis;

  RedisKeyStoreTest(BrokerUrls urls) {
    redis = TestRedis.empty(urls);
  }

  @AfterEach
  void close() {
    redis.close();
  }

  @Override
  public KeyStore newKeyStore() {
    return new RedisKeyStore(redis);
  }
}
