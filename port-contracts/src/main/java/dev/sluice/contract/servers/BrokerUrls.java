package dev.sluice.contract.servers;

/// Where a test finds a RabbitMQ and a Redis, as programs are told. Other tests use them too: take
/// names that no other test takes, and expect things of others in them.
///
/// @param amqp of the broker, with user and password
/// @param redis with the number of its database
public record BrokerUrls(String amqp, String redis) {

  public BrokerUrls {
    if (!amqp.startsWith("amqp")) {
      throw new IllegalArgumentException("the broker's URL begins with amqp://, not so " + amqp);
    }
    if (!redis.startsWith("redis")) {
      throw new IllegalArgumentException("the Redis' URL begins with redis://, not so " + redis);
    }
  }
}
