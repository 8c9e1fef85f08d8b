package dev.sluice.adapter.broker.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.broker.TestRedis;
import dev.sluice.adapter.broker.codec.Micros;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.contract.RateTokensContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.servers.BrokerServers;
import dev.sluice.contract.servers.BrokerUrls;
import dev.sluice.domain.claim.RateTokens;
import dev.sluice.domain.claim.RateTokens.Draw;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("broker")
@ExtendWith(BrokerServers.class)
final class RedisRateTokensTest implements RateTokensContract {

  private static final String KEY = "sluice:rate:mail";

  private final Redis redis;

  RedisRateTokensTest(BrokerUrls urls) {
    redis = TestRedis.empty(urls);
  }

  @AfterEach
  void close() {
    redis.close();
  }

  @Override
  public RateTokens newTokens(SettableClock clock) {
    return new RedisRateTokens(redis, () -> Micros.text(clock.instant()));
  }

  /// It is gone when it has been full for a minute.
  @Test
  void bucket_expiresByItself() {
    RateTokens tokens = newTokens(new SettableClock());

    tokens.draw(List.of(new Draw(MAIL, TEN, 5)));
    long left = redis.ask(client -> client.pttl(KEY));
    assertThat(left).isBetween(50_000L, 60_500L);

    tokens.draw(List.of(new Draw(MAIL, TEN, -5)));
    boolean isStored = redis.ask(client -> client.exists(KEY));
    assertThat(isStored).as("full").isFalse();
  }
}
