package dev.sluice.contract.servers;

import java.io.IOException;
import java.time.Duration;

/// A RabbitMQ and a Redis in Docker.
record BrokerContainers(Container rabbit, Container redis) implements RunningBrokers {

  private static final Duration LONGEST_LOOK = Duration.ofSeconds(20);

  /// Returns whether Docker is installed and may be used.
  static boolean arePossible() {
    if (Programs.onPath("docker").isEmpty()) {
      return false;
    }
    try {
      Container.docker(LONGEST_LOOK, "info");
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  static BrokerContainers start() throws IOException {
    Container redis = Container.start("redis:7", 6379, RedisConversation::isAnsweredOn);
    try {
      return new BrokerContainers(
          Container.start("rabbitmq:3.13", 5672, AmqpHandshake::isAnsweredOn), redis);
    } catch (IOException | IllegalStateException e) {
      redis.close();
      throw e;
    }
  }

  @Override
  public BrokerUrls urls() {
    return new BrokerUrls(
        "amqp://guest:guest@127.0.0.1:" + rabbit.port() + "/",
        "redis://127.0.0.1:" + redis.port() + "/0");
  }

  @Override
  public void close() {
    rabbit.close();
    redis.close();
  }
}
