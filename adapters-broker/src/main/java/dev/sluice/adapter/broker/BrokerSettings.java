package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.connection.KeyPrefix;
import dev.sluice.adapter.broker.connection.Queues;
import dev.sluice.adapter.broker.connection.Rabbit;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.adapter.broker.connection.ServerAddress;
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
/// @param prefix of the names of queues and keys, of installations that share servers; may be empty
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

  private static final int LONGEST_PREFIX = 40;

  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  /// Powers of two, from an eighth of a second to more than four minutes.
  private static final List<Duration> DELAYS =
      Stream.iterate(Duration.ofMillis(125), step -> step.multipliedBy(2)).limit(12).toList();

  /// Redis lets go of what is finished by itself a while after nodes should have.
  private static final Duration TIME_TO_PURGE = Duration.ofHours(1);

  private static final Pattern SECRETS = Pattern.compile("(?<=://[^@/?:]{0,255}:).*(?=@)");

  /// @throws IllegalArgumentException when the prefix cannot be used
  public BrokerSettings {
    problemOfPrefix(prefix)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException("prefix " + prefix + ": " + problem);
            });
    delays = List.copyOf(delays);
    subscriptions = List.copyOf(subscriptions);
  }

  /// Reads the URLs, `amqp://user:password@host:port/vhost` and `redis://:password@host:port/db`,
  /// or `amqps` and `rediss` for TLS. RabbitMQ may have several hosts, parted by commas; Redis
  /// behind Sentinel is `redis-sentinel://:password@sentinel:26379,sentinel2:26379/db#master`.
  ///
  /// @param prefix as [#problemOfPrefix] says
  /// @param slots deliveries that this node has in work at once
  /// @throws IllegalArgumentException when they are none
  public static BrokerSettings of(
      String amqp,
      String redis,
      String prefix,
      int slots,
      Duration retention,
      List<SubscriptionName> subscriptions) {
    return new BrokerSettings(
        url(amqp, problemOfAmqp(amqp)),
        url(redis, problemOfRedis(redis)),
        prefix,
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

  /// What is wrong with a prefix, for people to read; nothing when it can be used. No two prefixes,
  /// the empty one included, give a queue or a key the same name.
  public static Optional<String> problemOfPrefix(String prefix) {
    if (prefix.isEmpty()) {
      return Optional.empty();
    }
    if (prefix.length() > LONGEST_PREFIX || !PREFIX.matcher(prefix).matches()) {
      return Optional.of(
          "use up to %d letters, digits, -, _ and ., beginning with a letter or a digit"
              .formatted(LONGEST_PREFIX));
    }
    List<String> parts = List.of(prefix.split("\\.", -1));
    if (parts.getFirst().equals("amq")) {
      return Optional.of("RabbitMQ reserves names that begin with amq.");
    }
    // Queues of subscriptions and keys of events without a prefix may be named so.
    return parts.contains("events") || prefix.equals("processed")
        ? Optional.of("events and processed are taken by an installation without a prefix")
        : Optional.empty();
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

  /// The same by another way to Redis.
  BrokerSettings over(URI newRedis) {
    return new BrokerSettings(amqp, newRedis, prefix, delays, slots, retention, subscriptions);
  }

  /// The names of the queues.
  Queues queues() {
    return Queues.of(prefix, delays);
  }

  /// What the names of keys begin with.
  KeyPrefix keys() {
    return KeyPrefix.of(prefix);
  }

  /// The name by which operators recognise a connection.
  String connectionName(String purpose) {
    return prefix.isEmpty() ? purpose : prefix + " " + purpose;
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
