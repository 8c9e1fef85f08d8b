package dev.sluice.adapter.broker.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.broker.TestRedis;
import dev.sluice.adapter.broker.codec.Nanos;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.contract.FigureSamples;
import dev.sluice.contract.SeriesStoreContract;
import dev.sluice.contract.servers.BrokerServers;
import dev.sluice.contract.servers.BrokerUrls;
import dev.sluice.domain.figures.Slice;
import dev.sluice.domain.figures.Tier;
import dev.sluice.domain.port.SeriesStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("broker")
@ExtendWith(BrokerServers.class)
final class RedisSeriesStoreTest implements SeriesStoreContract {

  private final Redis redis;

  RedisSeriesStoreTest(BrokerUrls urls) {
    redis = TestRedis.empty(urls);
  }

  @AfterEach
  void close() {
    redis.close();
  }

  @Override
  public SeriesStore newSeries() {
    return new RedisSeriesStore(redis);
  }

  @Test
  void sliceOfAnotherVersion_isPassed() {
    SeriesStore store = newSeries();
    Slice known = FigureSamples.slice(Tier.MINUTE, BEGIN, "b", 1);
    store.put(List.of(FigureSamples.slice(Tier.MINUTE, BEGIN, "a", 1), known));
    String name = Nanos.text(BEGIN) + "a";
    redis.ask(client -> client.hset("sluice:series:60:figures", name, "99\nnews"));

    var read = new ArrayList<Slice>();
    store.read(Tier.MINUTE, BEGIN, BEGIN.plusSeconds(1), read::add);

    assertThat(read).containsExactly(known);
  }

  @Test
  void forgottenSlices_leaveNothingBehind() {
    SeriesStore store = newSeries();
    store.put(List.of(FigureSamples.slice(Tier.MINUTE, BEGIN, "a", 1)));

    store.forget(Tier.MINUTE, BEGIN.plusSeconds(1), 10);

    Set<String> left = redis.ask(client -> client.keys("sluice:*"));
    assertThat(left).isEmpty();
  }
}
