package dev.sluice.adapter.broker;

import com.rabbitmq.client.Channel;
import dev.sluice.contract.BrokerUrls;
import dev.sluice.contract.SettableClock;
import dev.sluice.domain.subscription.SubscriptionName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import redis.clients.jedis.UnifiedJedis;

/// A storage with queues of its own and an emptied Redis.
///
/// @param settings with which it was opened
/// @param adapter the storage
record TestBroker(BrokerSettings settings, BrokerAdapter adapter) implements AutoCloseable {

  static final ThreadFactory THREADS = Thread.ofPlatform().daemon().name("broker-", 1).factory();

  /// Short, because a test's time does not pass by itself: what is not due by its clock goes round
  /// and round.
  private static final List<Duration> DELAYS = List.of(Duration.ofMillis(20));

  private static final List<SubscriptionName> SUBSCRIPTIONS =
      List.of(
          SubscriptionName.DEFAULT, new SubscriptionName("mail"), new SubscriptionName("audit"));

  /// A claim may take all there is.
  private static final int MUCH = 20_000;

  static TestBroker empty(BrokerUrls urls, SettableClock clock) {
    Redis redis = Redis.at(URI.create(urls.redis()));
    redis.ask(UnifiedJedis::flushDB);
    redis.close();
    return open(settings(urls), clock);
  }

  static BrokerSettings settings(BrokerUrls urls) {
    return new BrokerSettings(
        URI.create(urls.amqp()),
        URI.create(urls.redis()),
        "test-" + UUID.randomUUID(),
        DELAYS,
        MUCH,
        Duration.ofDays(7),
        SUBSCRIPTIONS);
  }

  static TestBroker open(BrokerSettings settings, SettableClock clock) {
    return new TestBroker(
        settings, BrokerAdapter.open(settings, BrokerClock.of(clock), clock, THREADS));
  }

  /// Closes the storage and removes its queues.
  @Override
  public void close() {
    adapter.close();
    var queues = new Queues(settings.prefix(), settings.delays());
    Rabbit rabbit = Rabbit.connect(settings.amqp(), "cleaning up", THREADS);
    try (rabbit;
        Channel channel = rabbit.channel()) {
      channel.queueDelete(queues.ingest());
      channel.queueDelete(queues.due());
      channel.queueDelete(queues.dead());
      for (Duration step : settings.delays()) {
        channel.queueDelete(queues.delay(step));
      }
      for (SubscriptionName subscription : settings.subscriptions()) {
        channel.queueDelete(queues.paused(subscription));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (TimeoutException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
