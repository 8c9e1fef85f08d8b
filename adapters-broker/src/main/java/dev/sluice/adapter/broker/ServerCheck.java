package dev.sluice.adapter.broker;

import dev.sluice.adapter.broker.connection.Rabbit;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.domain.port.PortException;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/// Checks at the start whether RabbitMQ and Redis can keep events safe.
final class ServerCheck {

  private static final System.Logger LOG = System.getLogger(ServerCheck.class.getName());
  private static final int[] OLDEST_REDIS = {6, 2};
  private static final int[] OLDEST_RABBIT = {3, 10};
  private static final int[] REDIS_WITH_FLAGS = {7, 0};

  private ServerCheck() {}

  /// @throws PortException when this storage cannot work with it
  static void of(Redis redis) {
    Map<String, String> server = redis.info("server");
    String version = server.getOrDefault("redis_version", "");
    require("Redis", version, OLDEST_REDIS);
    requireNoCluster(redis);
    warnOfEviction(redis);
    if (isAtLeast(version, REDIS_WITH_FLAGS)) {
      redis.useFlags();
    } else {
      LOG.log(
          Level.WARNING,
          "Redis {0} runs no script once it has reached maxmemory; use Redis 7 or newer, with which"
              + " stored events are still processed",
          version);
    }
  }

  private static void requireNoCluster(Redis redis) {
    if (redis.info("cluster").getOrDefault("cluster_enabled", "0").equals("1")) {
      throw new PortException(
          "Redis runs in cluster mode, in which scripts cannot reach all keys; use a primary with"
              + " replicas instead");
    }
  }

  private static void warnOfEviction(Redis redis) {
    Map<String, String> memory = redis.info("memory");
    String policy = memory.getOrDefault("maxmemory_policy", "noeviction");
    if (!policy.equals("noeviction")) {
      LOG.log(
          Level.WARNING,
          "Redis runs with maxmemory-policy {0}: when memory is short it silently evicts events and"
              + " their ids; set maxmemory-policy noeviction",
          policy);
    }
  }

  /// @throws PortException when this storage cannot work with it
  static void of(Rabbit rabbit) {
    rabbit.version().ifPresent(version -> require("RabbitMQ", version, OLDEST_RABBIT));
  }

  private static void require(String server, String version, int[] oldest) {
    if (!isAtLeast(version, oldest)) {
      throw new PortException(
          "%s %s is too old: use %d.%d or newer".formatted(server, version, oldest[0], oldest[1]));
    }
  }

  /// Returns whether a version is new enough. A text that is no version counts as new: its vendor
  /// uses another scheme.
  static boolean isAtLeast(String version, int... least) {
    Optional<int[]> numbers = numbers(version);
    return numbers.isEmpty() || Arrays.compare(numbers.get(), least) >= 0;
  }

  private static Optional<int[]> numbers(String version) {
    String[] parts = version.split("\\.", 3);
    try {
      return parts.length < 2
          ? Optional.empty()
          : Optional.of(new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[1])});
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
