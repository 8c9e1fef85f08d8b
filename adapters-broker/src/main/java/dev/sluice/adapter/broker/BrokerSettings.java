package dev.sluice.adapter.broker;

import dev.sluice.domain.subscription.SubscriptionName;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
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
  /// or `amqps` and `rediss` for TLS.
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
        url(amqp, "amqp"), url(redis, "redis"), PREFIX, DELAYS, slots, retention, subscriptions);
  }

  private static URI url(String text, String scheme) {
    if (!isUrl(text, scheme)) {
      throw new IllegalArgumentException(
          "not a URL like " + scheme + "://host:port: " + masked(text));
    }
    return URI.create(text);
  }

  private static boolean isUrl(String text, String scheme) {
    try {
      var url = new URI(text);
      return url.getHost() != null
          && (scheme.equals(url.getScheme()) || (scheme + "s").equals(url.getScheme()));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /// Whether it is a URL of a RabbitMQ.
  public static boolean isAmqp(String url) {
    return isUrl(url, "amqp");
  }

  /// Whether it is a URL of a Redis.
  public static boolean isRedis(String url) {
    return isUrl(url, "redis");
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
