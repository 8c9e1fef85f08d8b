package dev.sluice.adapter.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.adapter.broker.connection.KeyPrefix;
import dev.sluice.adapter.broker.connection.Redis;
import dev.sluice.domain.port.PortException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The storage checks its servers at the start.
final class ServerCheckTest {

  private static final String SOUND = "maxmemory_policy:noeviction\r\n";

  /// Returns the warnings for such a Redis.
  private static List<String> warnings(String server, String cluster, String redisEvents)
      throws IOException {
    try (FakeRedis fake =
            FakeRedis.telling(Map.of("server", server, "cluster", cluster, "memory", redisEvents));
        Redis redis = Redis.at(fake.url(), KeyPrefix.NONE);
        var log = new RecordedLog(ServerCheck.class)) {
      ServerCheck.of(redis);
      return log.warnings();
    }
  }

  @ParameterizedTest
  @CsvSource({"7.0.0", "8.2.1", "255.255.255", "unstable", "7"})
  void newRedis_isAcceptedWithoutWarnings(String version) throws IOException {
    String server = "# Server\r\nredis_version:" + version + "\r\n";

    assertThat(warnings(server, "cluster_enabled:0\r\n", SOUND)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"6.0.16", "5.0.14", "6.1.240"})
  void oldRedis_isRefused(String version) {
    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> warnings("redis_version:" + version, "cluster_enabled:0\r\n", SOUND))
        .withMessageContaining(version)
        .withMessageContaining("6.2 or newer");
  }

  @Test
  void redisCluster_isRefused() {
    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> warnings("redis_version:7.0.0", "cluster_enabled:1\r\n", SOUND))
        .withMessageContaining("cluster mode");
  }

  @ParameterizedTest
  @CsvSource({"allkeys-lru", "volatile-lru", "allkeys-random", "volatile-ttl"})
  void redisThatEvicts_isWarnedOf(String policy) throws IOException {
    String redisEvents = "maxmemory_policy:" + policy + "\r\n";

    assertThat(warnings("redis_version:7.0.0", "cluster_enabled:0\r\n", redisEvents))
        .singleElement()
        .asString()
        .contains(policy, "set maxmemory-policy noeviction");
  }

  @Test
  void redisWithoutFlagsOfScripts_isWarnedOf() throws IOException {
    assertThat(warnings("redis_version:6.2.0", "cluster_enabled:0\r\n", SOUND))
        .singleElement()
        .asString()
        .contains("6.2.0", "maxmemory");
  }

  /// A managed service may hide its version, and is not refused for that.
  @Test
  void redisThatHidesItsVersion_isAccepted() throws IOException {
    assertThat(warnings("", "", "")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "3.10.0, true",
    "3.9.29, false",
    "4.1.0, true",
    "3.10, true",
    "3.10.0-rc.1, true",
    "x, true"
  })
  void versionOfRabbit_isCompared(String version, boolean isNewEnough) {
    assertThat(ServerCheck.isAtLeast(version, 3, 10)).isEqualTo(isNewEnough);
  }
}
