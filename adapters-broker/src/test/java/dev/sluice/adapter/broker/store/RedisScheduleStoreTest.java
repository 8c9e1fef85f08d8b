package dev.sluice.adapter.broker.store;

import dev.sluice.adapter.broker.TestRedis;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.contract.ScheduleStoreContract;
import dev.sluice.contract.servers.BrokerServers;
import dev.sluice.contract.servers.BrokerUrls;
import dev.sluice.domain.schedule.ScheduleStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("broker")
@ExtendWith(BrokerServers.class)
final class RedisScheduleStoreTest implements ScheduleStoreContract {

  private final Redis redis;

  RedisScheduleStoreTest(BrokerUrls urls) {
    redis = TestRedis.empty(urls);
  }

  @AfterEach
  void close() {
    redis.close();
  }

  @Override
  public ScheduleStore newStore() {
    return new RedisScheduleStore(redis, () -> "");
  }
}
