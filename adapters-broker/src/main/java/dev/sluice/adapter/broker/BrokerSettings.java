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

/// The addresses of RabbitMQ and Redis, and how to use them.
///
/// @param amqp the URL of RabbitMQ
/// @param redis the URL of Redis
/// @param prefix of the names of queues and keys, for installations that share servers; may be
///   empty
/// @param delays the delays for which there are queues
/// @param slots deliveries that this node processes at once
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

  /// Powers of two, from 125 ms to 256 s.
  private static final List<Duration> DELAYS =
      Stream.iterate(Duration.ofMillis(125), step -> step.multipliedBy(2)).limit(12).toList();

  /// Redis expires finished events this long after nodes should have purged them.
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

  /// Returns settings from the URLs `amqp://user:password@host:port/vhost` and
  /// `redis://:password@host:port/db`, or `amqps` and `rediss` for TLS. RabbitMQ may have several
  /// hosts, separated by commas; Redis behind Sentinel is
  /// `redis-sentinel://:password@sentinel:26379,sentinel2:26379/db#master`.
  ///
  /// @param prefix see [#problemOfPrefix]
  /// @param slots deliveries that this node processes at once
  /// @throws IllegalArgumentException when a URL or the prefix is not valid
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
          throw new IllegalArgumentException("invalid URL " + masked(text) + ": " + advice);
        });
    return URI.create(text);
  }

  /// Returns what is wrong with the URL of a RabbitMQ, as advice for users; empty when it is valid.
  public static Optional<String> problemOfAmqp(String url) {
    return problem(() -> Rabbit.address(URI.create(url)));
  }

  /// Returns what is wrong with the URL of a Redis, as advice for users; empty when it is valid.
  public static Optional<String> problemOfRedis(String url) {
    return problem(() -> Redis.address(URI.create(url)));
  }

  /// Returns what is wrong with a prefix, as advice for users; empty when it is valid. No two
  /// prefixes, the empty one included, result in the same name of a queue or a key.
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
      return Optional.of("avoid names that begin with amq., which RabbitMQ reserves");
    }
    // Without a prefix, queues of subscriptions and keys of events may have these names.
    return parts.contains("events") || prefix.equals("processed")
        ? Optional.of("avoid events and processed, which an installation without a prefix uses")
        : Optional.empty();
  }

  private static Optional<String> problem(Supplier<ServerAddress> reading) {
    try {
      var _ = reading.get();
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      // The message of URI itself contains the URL, and with it the password.
      String message = String.valueOf(e.getMessage());
      return Optional.of(
          e.getCause() instanceof URISyntaxException && !message.startsWith("percent")
              ? "percent-encode all characters that are not letters or digits"
              : message);
    }
  }

  /// Returns a copy with another URL of RabbitMQ.
  BrokerSettings by(URI newAmqp) {
    return new BrokerSettings(newAmqp, redis, prefix, delays, slots, retention, subscriptions);
  }

  /// Returns a copy with another URL of Redis.
  BrokerSettings over(URI newRedis) {
    return new BrokerSettings(amqp, newRedis, prefix, delays, slots, retention, subscriptions);
  }

  /// Returns the names of the queues.
  Queues queues() {
    return Queues.of(prefix, delays);
  }

  /// Returns the prefix of all keys.
  KeyPrefix keys() {
    return KeyPrefix.of(prefix);
  }

  /// Returns the name by which operators recognize a connection.
  String connectionName(String purpose) {
    return prefix.isEmpty() ? purpose : prefix + " " + purpose;
  }

  /// Returns how long Redis keeps finished events at most.
  Duration memory() {
    return retention.plus(TIME_TO_PURGE);
  }

  /// Returns a URL with its password replaced by asterisks.
  public static String masked(String url) {
    return SECRETS.matcher(url).replaceAll("***");
  }

  /// Returns both URLs without their passwords.
  @Override
  public String toString() {
    return masked(amqp.toString()) + " and " + masked(redis.toString());
  }
}
