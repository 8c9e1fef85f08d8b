package dev.sluice.adapter.broker.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.adapter.broker.TestRedis;
import dev.sluice.adapter.broker.codec.Micros;
import dev.sluice.adapter.broker.connection.KeyPrefix;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.SubscriptionStoreContract;
import dev.sluice.contract.servers.BrokerServers;
import dev.sluice.contract.servers.BrokerUrls;
import dev.sluice.domain.port.StoreUnavailableException;
import dev.sluice.domain.port.SubscriptionStore;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import dev.sluice.domain.subscription.SubscriptionChangeResult.Stored;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.SubscriptionSet;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.UnifiedJedis;

@Tag("broker")
@ExtendWith(BrokerServers.class)
final class RedisSubscriptionStoreTest implements SubscriptionStoreContract {

  private static final SubscriptionName MAIL = new SubscriptionName("mail");

  private final SettableClock clock = new SettableClock();
  private final BrokerUrls urls;
  private final Redis redis;

  RedisSubscriptionStoreTest(BrokerUrls urls) {
    this.urls = urls;
    redis = TestRedis.empty(urls);
  }

  @AfterEach
  void close() {
    redis.close();
  }

  @Override
  public SubscriptionStore newStore() {
    return on(redis);
  }

  private SubscriptionStore on(Redis one) {
    return new RedisSubscriptionStore(one, () -> Micros.text(clock.instant()));
  }

  private static Subscription put(SubscriptionStore store, Expected expected) {
    var change =
        new SubscriptionChange(MAIL, expected, PLAIN, Lifecycle.ACTIVE, Subscription.Origin.API);
    return ((Stored) store.change(List.of(change), "ann", NOW)).stored().getFirst();
  }

  @Test
  void orderings_areNotOffered() {
    assertThat(newStore().canOrder()).isFalse();
  }

  @Test
  void changeOfOneNode_isSeenByTheOther() {
    Subscription first = put(newStore(), Expected.ABSENT);

    try (Redis other = Redis.at(URI.create(urls.redis()), KeyPrefix.NONE)) {
      SubscriptionStore store = on(other);
      assertThat(store.all()).isEqualTo(new SubscriptionSet(first.version(), List.of(first)));

      Subscription second = put(store, new Expected.Version(first.version()));

      assertThat(newStore().version()).isEqualTo(second.version());
      assertThat(newStore().versions(MAIL, 10)).containsExactly(second, first);
    }
  }

  @Test
  void installationsWithPrefixes_shareNothing() {
    try (Redis one = Redis.at(URI.create(urls.redis()), KeyPrefix.of("one"));
        Redis other = Redis.at(URI.create(urls.redis()), KeyPrefix.of("other"))) {
      Subscription first = put(on(one), Expected.ABSENT);

      assertThat(on(other).all()).isEqualTo(SubscriptionSet.EMPTY);
      assertThat(on(other).changedSince(0, 10).orElseThrow().subscriptions()).isEmpty();
      assertThat(on(one).versions(MAIL, 10)).containsExactly(first);
      assertThat(on(one).changedSince(0, 10).orElseThrow().subscriptions()).containsExactly(first);
    }
  }

  /// A node that knew the set before must notice, however many changes follow.
  @Test
  void emptiedRedis_hasNoVersionThatItHadBefore() {
    SubscriptionStore store = newStore();
    put(store, Expected.ABSENT);
    long before = put(store, Expected.ANY).version();
    redis.ask(UnifiedJedis::flushDB);

    assertThat(store.version()).isZero();
    assertThat(store.changedSince(before, 10)).as("the whole set must be read").isEmpty();
    assertThat(store.all()).isEqualTo(SubscriptionSet.EMPTY);

    clock.advance(Duration.ofMillis(1));
    assertThat(put(store, Expected.ABSENT).version()).isGreaterThan(before);
  }

  @Test
  void redisThatIsAway_isUnavailable() {
    try (Redis away = Redis.at(URI.create("redis://127.0.0.1:1/0"), KeyPrefix.NONE)) {
      SubscriptionStore store = on(away);

      assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(store::version);
      assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(store::all);
      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> put(store, Expected.ANY));
    }
  }
}
