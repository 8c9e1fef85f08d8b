package dev.sluice.adapter.broker;

import dev.sluice.domain.subscription.SubscriptionName;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which RabbitMQ and Redis to use, and how.
///
/// @param amqp where RabbitMQ is
/// @param redis where Redis is
/// @param prefix of the queues' names
/// @param delays for how long there are queues that delay
/// @param slots deliveries that this node has in work at once
/// @param retention how long finished events are kept
/// @param subscriptions that may have deliveries
public record BrokerSettings(
    URI amqp,
    URI redis,
    String prefix,
    List<Duration> delays,
    int slots,
    Duration retention,
    List<SubscriptionName> subscriptions) {

  private static final String PREFIX = "events";

  /// Powers of two, from an eighth of a second to more than four minutes.
  private static final List<Duration> DELAYS =
      Stream.iterate(Duration.ofMillis(125), step -> step.multipliedBy(2)).limit(12).toList();

  /// Redis lets go of what is finished by itself a while after nodes should have.
  private static final Duration TIME_TO_PURGE = Duration.ofHours(1);

  private static final Pattern SECRETS = Pattern.compile("(?<=://[^@/?:]{0,255}:).*(?=@)");

  public BrokerSettings {
    delays = List.copyOf(delays);
    subscriptions = List.copyOf(subscriptions);
  }

  /// Reads the URLs, `amqp://user:password@host:port/vhost` and `redis://:password@host:port/db`,
  /// or `amqps` and `rediss` for TLS. RabbitMQ may have several hosts, parted by commas; Redis
  /// behind Sentinel is `redis-sentinel://:password@sentinel:26379,sentinel2:26379/db#master`.
  ///
  /// @param slots deliveries that this node has in work at once
  /// @throws IllegalArgumentException when they are none
  public static BrokerSettings of(
      String amqp,
      String redis,
      int slots,
      Duration retention,
      List<SubscriptionName> subscriptions) {
    return new BrokerSettings(
        url(amqp, problemOfAmqp(amqp)),
        url(redis, problemOfRedis(redis)),
        PREFIX,
        DELAYS,
        slots,
        retention,
        subscriptions);
  }

  private static URI url(String text, Optional<String> problem) {
    problem.ifPresent(
        advice -> {
          throw new IllegalArgumentException("not a URL: " + masked(text) + "; " + advice);
        });
    return URI.create(text);
  }

  /// What is wrong with the URL of a RabbitMQ, for people to read; nothing when it can be used.
  public static Optional<String> problemOfAmqp(String url) {
    return problem(() -> Rabbit.address(URI.create(url)));
  }

  /// What is wrong with the URL of a Redis, for people to read; nothing when it can be used.
  public static Optional<String> problemOfRedis(String url) {
    return problem(() -> Redis.address(URI.create(url)));
  }

  private static Optional<String> problem(Supplier<ServerAddress> reading) {
    try {
      var _ = reading.get();
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      // That of URI itself shows the URL, and with it the password.
      String message = String.valueOf(e.getMessage());
      return Optional.of(
          e.getCause() instanceof URISyntaxException && !message.startsWith("percent")
              ? "percent-encode what is no letter or digit"
              : message);
    }
  }

  /// The same by another way to RabbitMQ.
  BrokerSettings by(URI newAmqp) {
    return new BrokerSettings(newAmqp, redis, prefix, delays, slots, retention, subscriptions);
  }

  /// How long Redis remembers what is finished, at most.
  Duration memory() {
    return retention.plus(TIME_TO_PURGE);
  }

  /// A URL with stars for the password.
  public static String masked(String url) {
    return SECRETS.matcher(url).replaceAll("***");
  }

  /// Shows no password.
  @Override
  public String toString() {
    return masked(amqp.toString()) + " and " + masked(redis.toString());
  }
}
