package dev.sluice.contract.servers;

import dev.sluice.contract.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A RabbitMQ and a Redis for tests; closing stops the servers that were started for them.
interface RunningBrokers extends AutoCloseable {

  BrokerUrls urls();

  @Override
  void close() throws IOException;

  /// Servers that were started outside the tests, and are not stopped by them.
  record Given(BrokerUrls urls) implements RunningBrokers {

    @Override
    public void close() {}
  }

  /// Servers of the system's packages.
  record Packaged(Path folder, RabbitServer rabbit, RedisServer redis) implements RunningBrokers {

    static Packaged start() throws IOException {
      Path folder = Files.createTempDirectory("sluice-brokers");
      try {
        return startIn(folder);
      } catch (IOException e) {
        // The message contains the end of their logs.
        Folders.delete(folder);
        throw e;
      }
    }

    private static Packaged startIn(Path folder) throws IOException {
      RedisServer redis = RedisServer.start(folder);
      try {
        return new Packaged(folder, RabbitServer.start(folder), redis);
      } catch (IOException e) {
        redis.close();
        throw e;
      }
    }

    @Override
    public BrokerUrls urls() {
      return new BrokerUrls(rabbit.url(), redis.url());
    }

    @Override
    public void close() throws IOException {
      try (rabbit;
          redis) {
        // Both are stopped before their folder is deleted.
      }
      Folders.delete(folder);
    }
  }
}
