package dev.sluice.contract.servers;

import dev.sluice.contract.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A RabbitMQ and a Redis for tests; closing ends what was started for them.
interface RunningBrokers extends AutoCloseable {

  BrokerUrls urls();

  @Override
  void close() throws IOException;

  /// Those that somebody else started, and will end.
  record Given(BrokerUrls urls) implements RunningBrokers {

    @Override
    public void close() {}
  }

  /// Those of the system's packages.
  record Packaged(Path folder, RabbitServer rabbit, RedisServer redis) implements RunningBrokers {

    static Packaged start() throws IOException {
      Path folder = Files.createTempDirectory("sluice-brokers");
      try {
        return startIn(folder);
      } catch (IOException e) {
        // The end of their logs is in the message.
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
        // Both are ended before their folder is.
      }
      Folders.delete(folder);
    }
  }
}
