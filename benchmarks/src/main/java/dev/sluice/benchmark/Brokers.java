package dev.sluice.benchmark;

import dev.sluice.contract.servers.RabbitServer;
import dev.sluice.contract.servers.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// A RabbitMQ and a Redis of the system's packages on free ports, until it is killed.
public final class Brokers {

  private Brokers() {}

  /// Argument: a folder for their files. Prints the URL of RabbitMQ and that of Redis when both are
  /// ready.
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    RedisServer redis = RedisServer.start(folder);
    RabbitServer rabbit = RabbitServer.start(folder);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(rabbit, redis)));
    System.out.println(rabbit.url() + " " + redis.url());
    new CountDownLatch(1).await();
  }

  private static void stop(RabbitServer rabbit, RedisServer redis) {
    try (rabbit;
        redis) {
      // Both are stopped.
    } catch (IOException e) {
      System.err.println("could not stop the brokers: " + e.getMessage());
    }
  }
}
