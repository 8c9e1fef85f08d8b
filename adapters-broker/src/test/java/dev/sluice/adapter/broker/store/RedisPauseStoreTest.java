package dev.sluice.adapter.broker.store;

import dev.sluice.adapter.broker.TestRedis;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.contract.PauseStoreContract;
import dev.sluice.contract.servers.BrokerServers;
import dev.sluice.contract.servers.BrokerUrls;
import dev.sluice.domain.port.PauseStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("broker")
@ExtendWith(BrokerServers.class)
final class RedisPauseStoreTest implements PauseStoreContract {

  private final Redis redis;

  RedisPauseStoreTest(BrokerUrls urls) {
    redis = TestRedis.empty(urls);
  }

  @AfterEach
  void close() {
    redis.close();
  }

  @Override
  public PauseStore newStore() {
    return new RedisPauseStore(redis);
  }
}
