package dev.sluice.server.config;

import dev.sluice.adapter.broker.BrokerSettings;
import dev.sluice.domain.subscription.SubscriptionName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The addresses of RabbitMQ and Redis, and the prefix of this installation's names there.
///
/// @param amqp URL of RabbitMQ
/// @param redis URL of Redis
/// @param prefix of queue and key names; empty for none
public record BrokerUrls(String amqp, String redis, String prefix) {

  private static final String AMQP_FORM = "a URL such as amqp://user:password@host:5672/vhost";
  private static final String REDIS_FORM = "a URL such as redis://:password@host:6379/0";

  static Optional<BrokerUrls> read(ConfigReader reader) {
    boolean isWanted = reader.text(ConfigKey.STORAGE).equalsIgnoreCase("broker");
    String amqp = readAmqp(reader, isWanted);
    String redis = readRedis(reader, isWanted);
    String prefix = readPrefix(reader);
    return isWanted ? Optional.of(new BrokerUrls(amqp, redis, prefix)) : Optional.empty();
  }

  private static String readAmqp(ConfigReader reader, boolean isWanted) {
    String amqp = reader.text(ConfigKey.AMQP_URL);
    if (isWanted || reader.isGiven(ConfigKey.AMQP_URL)) {
      BrokerSettings.problemOfAmqp(amqp)
          .ifPresent(
              problem -> reader.wrong(ConfigKey.AMQP_URL, AMQP_FORM + advice(amqp, problem)));
    }
    return amqp;
  }

  private static String readRedis(ConfigReader reader, boolean isWanted) {
    String redis = reader.text(ConfigKey.REDIS_URL);
    if (isWanted || reader.isGiven(ConfigKey.REDIS_URL)) {
      BrokerSettings.problemOfRedis(redis)
          .ifPresent(
              problem -> reader.wrong(ConfigKey.REDIS_URL, REDIS_FORM + advice(redis, problem)));
    }
    return redis;
  }

  private static String readPrefix(ConfigReader reader) {
    String prefix = reader.text(ConfigKey.BROKER_PREFIX);
    BrokerSettings.problemOfPrefix(prefix)
        .ifPresent(
            problem -> reader.wrong(ConfigKey.BROKER_PREFIX, "a name such as staging: " + problem));
    return prefix;
  }

  /// Returns the advice on encoding if it applies, else the problem: a password that is not encoded
  /// makes every other part of the URL look wrong.
  private static String advice(String url, String problem) {
    String encode = UrlPasswords.advice(url);
    return encode.isEmpty() ? ": " + problem : encode;
  }

  /// Returns the settings of the broker storage.
  ///
  /// @param slots deliveries that this node processes at once
  public BrokerSettings settings(
      int slots, Duration retention, List<SubscriptionName> subscriptions) {
    return BrokerSettings.of(amqp, redis, prefix, slots, retention, subscriptions);
  }

  /// Masks the passwords.
  @Override
  public String toString() {
    return BrokerSettings.masked(amqp) + " and " + BrokerSettings.masked(redis);
  }
}
