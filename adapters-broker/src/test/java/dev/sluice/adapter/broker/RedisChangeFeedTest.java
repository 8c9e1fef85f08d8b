package dev.sluice.adapter.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.contract.ChangeFeedContract;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.servers.BrokerServers;
import dev.sluice.contract.servers.BrokerUrls;
import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.port.ChangeBatch;
import dev.sluice.domain.port.ChangeFeed;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.UnifiedJedis;

@Tag("broker")
@ExtendWith(BrokerServers.class)
final class RedisChangeFeedTest implements ChangeFeedContract {

  private final Redis redis;

  RedisChangeFeedTest(BrokerUrls urls) {
    redis = TestRedis.empty(urls);
  }

  @AfterEach
  void close() {
    redis.close();
  }

  @Override
  public ChangeFeed newFeed(SettableClock clock) {
    return new RedisChangeFeed(redis, BrokerClock.of(clock));
  }

  private static ChangeBatch batch(WorkerId node, long missed) {
    return new ChangeBatch(node, missed, List.of());
  }

  @Test
  void batchOfAnotherVersion_isCountedAndPassed() {
    ChangeFeed feed = newFeed(new SettableClock());
    feed.publish(batch(A, 4));
    String position = Long.toString(feed.end());
    redis.ask(client -> client.hset("sluice:changes:batches", position, "99"));
    feed.publish(batch(A, 0));

    assertThat(feed.readAfter(0, B, 10).batches()).containsExactly(batch(A, 5), batch(A, 0));
  }

  @Test
  void oldBatches_areRemoved() {
    var clock = new SettableClock();
    ChangeFeed feed = newFeed(clock);
    for (int number = 0; number < 5; number++) {
      feed.publish(batch(A, number));
    }
    clock.advance(ChangeFeed.MEMORY);

    feed.publish(batch(A, 5));

    List<Long> sizes =
        List.of(
            redis.ask(client -> client.zcard("sluice:changes")),
            redis.ask(client -> client.zcard("sluice:changes:at")),
            redis.ask(client -> client.hlen("sluice:changes:batches")));
    assertThat(sizes).containsOnly(1L);
  }

  @Test
  void batchesAfterManyOfTheReadersOwn_areFound() {
    ChangeFeed feed = newFeed(new SettableClock());
    var spaced = new WorkerId("a node\nwith spaces");
    for (int number = 0; number < 250; number++) {
      feed.publish(batch(B, number));
    }
    feed.publish(batch(spaced, 1));

    assertThat(feed.readAfter(0, B, 10).batches()).containsExactly(batch(spaced, 1));
  }

  /// A reader continues from the position that it had before.
  @Test
  void redisThatLostAll_givesLaterPositions() {
    var clock = new SettableClock();
    ChangeFeed feed = newFeed(clock);
    feed.publish(batch(A, 1));
    long position = feed.end();
    redis.ask(UnifiedJedis::flushDB);
    clock.advance(Duration.ofMillis(1));

    feed.publish(batch(A, 2));

    assertThat(feed.readAfter(position, B, 10).batches()).containsExactly(batch(A, 2));
  }

  @Test
  void clockThatWentBack_keepsTheOrder() {
    var late = new SettableClock();
    late.advance(Duration.ofHours(1));
    newFeed(late).publish(batch(A, 1));
    ChangeFeed feed = newFeed(new SettableClock());
    long position = feed.end();

    feed.publish(batch(A, 2));

    assertThat(feed.readAfter(position, B, 10).batches()).containsExactly(batch(A, 2));
  }

  @Test
  void timeOfRedis_isWhatCounts() {
    ChangeFeed feed = new RedisChangeFeed(redis, BrokerClock.ofRedis(new SettableClock()));
    feed.want(B, Duration.ofMinutes(1));

    feed.publish(batch(A, 1));

    assertThat(feed.isWanted(A)).isTrue();
    assertThat(feed.readAfter(0, B, 10).batches()).containsExactly(batch(A, 1));
  }
}
