package dev.sluice.adapter.broker;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import dev.sluice.adapter.broker.connection.Queues;
import dev.sluice.adapter.broker.connection.Rabbit;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.contract.servers.BrokerUrls;
import dev.sluice.domain.port.Storage;
import dev.sluice.domain.subscription.SubscriptionName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;

/// A storage with its own queues and keys.
///
/// @param settings with which it was opened
/// @param adapter the storage
record TestBroker(BrokerSettings settings, BrokerAdapter adapter) implements AutoCloseable {

  static final ThreadFactory THREADS = Thread.ofPlatform().daemon().name("broker-", 1).factory();

  /// Short, because the time of a test does not pass by itself: a delivery that is not due by it
  /// circulates.
  private static final List<Duration> DELAYS = List.of(Duration.ofMillis(20));

  private static final List<SubscriptionName> SUBSCRIPTIONS =
      List.of(
          SubscriptionName.DEFAULT, new SubscriptionName("mail"), new SubscriptionName("audit"));

  /// A claim may take everything there is.
  private static final int MUCH = 5_000;

  /// Opens an installation that shares the servers with those of other tests.
  static TestBroker empty(BrokerUrls urls, SettableClock clock) {
    return open(settings(urls), clock);
  }

  /// Opens an installation without a prefix, with an emptied Redis.
  static TestBroker withoutPrefix(BrokerUrls urls, SettableClock clock) {
    TestRedis.empty(urls).close();
    return open(settings(urls, ""), clock);
  }

  static BrokerSettings settings(BrokerUrls urls) {
    return settings(urls, "t-" + UUID.randomUUID());
  }

  static BrokerSettings settings(BrokerUrls urls, String prefix) {
    return new BrokerSettings(
        URI.create(urls.amqp()),
        URI.create(urls.redis()),
        prefix,
        DELAYS,
        MUCH,
        Duration.ofDays(7),
        SUBSCRIPTIONS);
  }

  static TestBroker open(BrokerSettings settings, SettableClock clock) {
    return new TestBroker(
        settings, BrokerAdapter.open(settings, BrokerClock.of(clock), clock, THREADS));
  }

  /// Publishes a message as another program would.
  ///
  /// @param queue such as `ingest`
  void publish(String queue, BasicProperties properties, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    inChannel(
        channel -> {
          channel.confirmSelect();
          channel.basicPublish("", queue(queue), properties, bytes);
          return channel.waitForConfirms();
        });
  }

  /// Returns the name of a queue.
  ///
  /// @param queue such as `ingest`
  String queue(String queue) {
    return settings.queues().prefix() + "." + queue;
  }

  /// Returns a client with the prefix of its keys.
  Redis redis() {
    return Redis.at(settings.redis(), settings.keys());
  }

  /// Removes and returns the first message of a queue.
  Optional<GetResponse> get(String queue) {
    return Optional.ofNullable(inChannel(channel -> channel.basicGet(queue(queue), true)));
  }

  /// Returns whether a queue is empty.
  boolean isEmpty(String queue) {
    return depth(queue) == 0;
  }

  /// Returns how many messages wait in a queue.
  long depth(String queue) {
    return inChannel(channel -> channel.messageCount(queue(queue)));
  }

  /// Declares the queue of new events before the storage does, with room for about `room` messages.
  static void declareIngest(BrokerSettings settings, int room) {
    Map<String, Object> arguments =
        Map.of("x-queue-type", "quorum", "x-max-length", room, "x-overflow", "reject-publish");
    var _ =
        inChannel(
            settings,
            channel ->
                channel.queueDeclare(settings.queues().ingest(), true, false, false, arguments));
  }

  /// Returns the storage as contracts see it.
  StorageFixture fixture(SettableClock clock) {
    Storage storage = adapter.storage();
    return new StorageFixture(
        new Storage(
            storage.events(),
            new PatientQueue(storage.deliveries(), clock),
            storage.control(),
            storage.deadLetters(),
            storage.bulk()),
        clock);
  }

  /// Uses a channel.
  interface Use<T> {
    T with(Channel channel) throws IOException, InterruptedException;
  }

  <T> T inChannel(Use<T> use) {
    return inChannel(settings, use);
  }

  private static <T> T inChannel(BrokerSettings settings, Use<T> use) {
    Rabbit rabbit = Rabbit.connect(settings.amqp(), "a test", THREADS);
    try (rabbit;
        Channel channel = rabbit.channel()) {
      return use.with(channel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (TimeoutException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Closes the storage and removes its queues.
  @Override
  public void close() {
    adapter.close();
    Queues queues = settings.queues();
    var _ =
        inChannel(
            channel -> {
              for (String queue : queues.work(settings.subscriptions())) {
                channel.queueDelete(queue);
              }
              return channel.queueDelete(queues.dead());
            });
  }
}
