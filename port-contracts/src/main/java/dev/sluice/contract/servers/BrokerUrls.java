package dev.sluice.contract.servers;

/// The URLs of RabbitMQ and Redis for tests. Other tests use the same servers: choose names that no
/// other test uses, and expect data of others.
///
/// @param amqp URL of the broker, with user and password
/// @param redis URL of Redis, with the number of its database
public record BrokerUrls(String amqp, String redis) {

  public BrokerUrls {
    if (!amqp.startsWith("amqp")) {
      throw new IllegalArgumentException(
          "the broker's URL must begin with amqp://, but was " + amqp);
    }
    if (!redis.startsWith("redis")) {
      throw new IllegalArgumentException(
          "the URL of Redis must begin with redis://, but was " + redis);
    }
  }
}
