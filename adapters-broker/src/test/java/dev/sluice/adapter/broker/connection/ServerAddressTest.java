package dev.sluice.adapter.broker.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.adapter.broker.BrokerSettings;
import dev.sluice.adapter.broker.connection.ServerAddress.Host;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerAddressTest {

  private static ServerAddress amqp(String url) {
    return Rabbit.address(URI.create(url));
  }

  @Test
  void namesAndPasswords_areDecodedOnceAsUtf8() {
    ServerAddress address = amqp("amqp://u%3Amlaut:p%C3%A4ss+%E2%82%AC@h/v%252f");

    assertThat(address.user()).contains("u:mlaut");
    assertThat(address.password()).contains("päss+€");
    assertThat(address.path()).contains("v%2f");
  }

  @Test
  void severalHosts_areTakenWithTheirPorts() {
    assertThat(amqp("amqp://guest:guest@rabbit_mq,b:5673/").hosts())
        .containsExactly(new Host("rabbit_mq", 5672), new Host("b", 5673));
    assertThat(amqp("amqp://[::1]:5674").hosts()).containsExactly(new Host("::1", 5674));
    assertThat(amqp("amqps://h").hosts()).containsExactly(new Host("h", 5671));
    assertThat(Redis.address(URI.create("redis://my_redis")).hosts())
        .containsExactly(new Host("my_redis", 6379));
  }

  @Test
  void sentinels_nameTheirMaster() {
    ServerAddress address = Redis.address(URI.create("redis-sentinel://:p@a,b:26380/1#mymaster"));

    assertThat(address.hosts()).containsExactly(new Host("a", 26379), new Host("b", 26380));
    assertThat(address.fragment()).contains("mymaster");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "amqp://u:secret@x@h/",
        "amqp://u:sec/ret@h/",
        "amqp://u:1/secret@h/",
        "amqp://u:se cret@h",
        "amqp://u:1#secret@h",
        "amqp://h/a/b",
        "amqp://h:x",
        "amqp://h:99999",
        "amqp://",
        "http://h",
        "amqp://h?x=y",
        "amqp://u:%FF@h",
        "amqp://a,,b"
      })
  void wrongUrlsOfRabbit_areExplainedWithoutTheirPasswords(String url) {
    assertThat(BrokerSettings.problemOfAmqp(url).orElseThrow()).doesNotContain("secret", "ret@");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://h:6379/x",
        "redis://user@h:6379",
        "redis://a,b",
        "redis-sentinel://a",
        "redis://h#m",
        "redis:",
        "amqp://h"
      })
  void wrongUrlsOfRedis_areExplained(String url) {
    assertThat(BrokerSettings.problemOfRedis(url)).isPresent();
  }
}
