package dev.sluice.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.application.NodeRole;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerConfigTest {

  /// Values at and just beyond the documented limits of each key.
  enum Limits {
    PORT("0 1 65535", "-1 65536 x"),
    BIND_ADDRESS("127.0.0.1 0.0.0.0:0 [::1]:65535", ":8080 127.0.0.1: 127.0.0.1:65536 1.2.3.4.5"),
    AUTH("auto on off ON", "yes"),
    ADMIN_KEY("slc_me_00000000000000000000000000000000", "key slc_me_short slc__0"),
    METRICS_AUTH("on off true false", "maybe"),
    TLS_CERT("", "\0 cert.pem"),
    TLS_KEY("", "\0 key.pem"),
    ENV("dev staging PROD", "test"),
    DEMO("on off true false", "maybe"),
    STORAGE("sqlite memory SQLite", "h2"),
    NODE_ROLE("all ALL", "api worker none"),
    DATA_DIR("data ./data /var/lib/sluice", "\0"),
    DATABASE_URL("postgresql://u:p@h:5432/d jdbc:postgresql://h/d", "mysql://h/d h"),
    DATABASE_CONNECTIONS("4 1000", "3 1001"),
    DATABASE_NOTIFY("on off true false", "maybe"),
    AMQP_URL("amqp://u:p@h:5672/v amqps://h", "http://h h amqp:"),
    REDIS_URL("redis://:p@h:6379/0 rediss://h", "http://h h redis:"),
    BROKER_PREFIX("staging a.b-c_1", "a:b -a amq.x a.events processed"),
    SECRETS_KEY(
        "abababababababababababababababababababababababababababababababab"
            + " MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        "short MDEyMw== ,"),
    WEBHOOK_ALLOW_HTTP("on off true false", "maybe"),
    WEBHOOK_ALLOW_NETWORKS(
        "10.0.0.0/8 192.168.1.5,fd00::/8 ::1", "10.0.0.0/33 private 10.0.0.0/8,"),
    WEBHOOK_PORTS("443 80,443 443,8000-8999 1-65535", "0 65536 9000-8000 http"),
    WEBHOOK_PROXY(
        "http://proxy:3128 http://10.0.0.7:8080", "proxy:3128 https://proxy:3128 http://"),
    WEBHOOK_ORIGIN("sluice events.example.com", "? a_b -a é"),
    WEBHOOK_PAUSE_AFTER("1d 5d 7d 24h", "23h 8d 0d forever"),
    SUBSCRIPTIONS_FILE("subscriptions.yaml /etc/sluice.yaml", "\0"),
    WORKERS("1 100000", "0 100001 1.5"),
    LEASE_MS("1000 3600000", "999 3600001"),
    MAX_RETRIES("0 1000", "-1 1001"),
    RETRY_BASE_MS("0 300000", "-1 86400001"),
    RETRY_CAP_MS("1000 86400000", "999 86400001"),
    PRIORITY_STEP_MS("0 86400000", "-1 86400001"),
    PROCESSING_DELAY_MS("0 3600000", "-1 3600001"),
    DEMO_JOURNAL("/tmp/journal", "\0"),
    PROCESSING_TIMEOUT_MS("1 86400000", "0 86400001"),
    MAX_BACKLOG("1 1000000000", "0 1000000001"),
    MAX_PAYLOAD_BYTES("64 67108864", "63 67108865"),
    MAX_BATCH("1 100000", "0 100001"),
    MAX_BATCH_BYTES("64 1073741824", "63 1073741825"),
    MAX_STREAM_BYTES("64 1099511627776", "63 1099511627777"),
    MAX_CONNECTIONS("1 1000000", "0 1000001"),
    MAX_CONNECTIONS_PER_ADDRESS("0 1 1000000", "-1 1000001"),
    TRUSTED_PROXIES("10.0.0.0/8 192.0.2.1,2001:db8::/32 ::1/128", "10.0.0.0/33 proxy 10.1 ::1/129"),
    STREAM_CLIENTS("0 100000", "-1 100001"),
    REQUEST_TIMEOUT_MS("10 3600000", "9 3600001"),
    RATE_LIMIT("0 0.5 1000000", "-1 1000001 NaN many"),
    RATE_LIMIT_BURST("1 1000000", "0 1000001"),
    RETENTION("1ms 1s 90m 12h 7d 36500d", "0d 36501d 7 7w -1d d 1.5h"),
    ACTIVITY_RETENTION("1h 90d 36500d", "0d 36501d 7 forever"),
    MEMORY_MAX_EVENTS("1 1000000000", "0 1000000001"),
    MEMORY_MAX_BYTES("1048576 9223372036854775807", "1048575 9223372036854775808"),
    DRAIN_DELAY_MS("0 3600000", "-1 3600001"),
    SHUTDOWN_GRACE_MS("0 3600000", "-1 3600001"),
    LOG_FORMAT("json text TEXT", "xml"),
    LOG_LEVEL("error warn info debug trace INFO", "fatal all"),
    ACCESS_LOG("on off true false ON", "yes"),
    SLOW_REQUEST_MS("1 3600000", "0 3600001");

    private final String good;
    private final String bad;

    Limits(String good, String bad) {
      this.good = good;
      this.bad = bad;
    }

    ConfigKey key() {
      return ConfigKey.valueOf(name());
    }
  }

  @Test
  void everyKey_hasItsLimitsTested() {
    assertThat(Arrays.stream(Limits.values()).map(Limits::key)).containsExactly(ConfigKey.values());
  }

  @ParameterizedTest
  @EnumSource
  void valueWithinLimits_isTaken(Limits limits) {
    for (String value : List.of(limits.good.split(" ", -1))) {
      assertThat(config(Map.of(limits.key(), value))).as(value).isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void valueBeyondLimits_isNamedWithKeyValueAndOrigin(Limits limits) {
    for (String value : List.of(limits.bad.split(" ", -1))) {
      assertThat(errorsOf(Map.of(limits.key(), value)))
          .as(value)
          .singleElement()
          .asString()
          .startsWith(limits.key() + " must be ")
          .endsWith("but is '" + limits.key().shown(value) + "' (test)");
    }
  }

  @Test
  void everythingWrong_isToldAtOnce() {
    var wrong = new EnumMap<ConfigKey, String>(ConfigKey.class);
    for (ConfigKey key : ConfigKey.values()) {
      // Almost any text is a valid path.
      boolean isFile =
          Set.of(
                  ConfigKey.DATA_DIR,
                  ConfigKey.DEMO_JOURNAL,
                  ConfigKey.SUBSCRIPTIONS_FILE,
                  ConfigKey.TLS_CERT,
                  ConfigKey.TLS_KEY)
              .contains(key);
      wrong.put(key, isFile ? "\0" : "?");
    }

    List<String> errors = errorsOf(wrong);

    for (ConfigKey key : ConfigKey.values()) {
      assertThat(errors).anyMatch(error -> error.startsWith(key + " must be"));
    }
  }

  @Test
  void postgres_needsAUrl() {
    assertThat(errorsOf(Map.of(ConfigKey.STORAGE, "postgres")))
        .singleElement()
        .asString()
        .startsWith("DATABASE_URL must be a URL such as postgresql://");
  }

  @Test
  void broker_needsBothUrls() {
    assertThat(errorsOf(Map.of(ConfigKey.STORAGE, "broker")))
        .hasSize(2)
        .anyMatch(error -> error.startsWith("AMQP_URL must be a URL such as amqp://"))
        .anyMatch(error -> error.startsWith("REDIS_URL must be a URL such as redis://"));
  }

  @Test
  void role_isForNodesThatShareAStorage() {
    var urls = Map.of(ConfigKey.AMQP_URL, "amqp://h", ConfigKey.REDIS_URL, "redis://h");
    var worker = new EnumMap<ConfigKey, String>(urls);
    worker.put(ConfigKey.NODE_ROLE, "worker");
    worker.put(ConfigKey.STORAGE, "broker");

    assertThat(config(worker).role()).isEqualTo(NodeRole.WORKER);
    worker.put(ConfigKey.STORAGE, "memory");
    assertThat(errorsOf(worker))
        .singleElement()
        .asString()
        .startsWith("NODE_ROLE must be all, because");
  }

  @Test
  void passwordInAWrongUrl_isNotShown() {
    assertThat(errorsOf(Map.of(ConfigKey.DATABASE_URL, "mysql://me:secret@host/db")))
        .singleElement()
        .asString()
        .contains("mysql://me:***@host/db")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "DATABASE_URL, postgresql://me:p@ss@host/db",
    "DATABASE_URL, postgresql://me:p/ss@host/db",
    "DATABASE_URL, postgresql://me:p?ss@host/db",
    "AMQP_URL,     amqp://me:p@ss@host:5672/",
    "AMQP_URL,     amqp://me:p#ss@host:5672/",
    "AMQP_URL,     amqp://me:12/ss@host:5672/",
    "AMQP_URL,     amqp://me:12?ss@host:5672/",
    "REDIS_URL,    redis://:p@ss@host:6379/0",
    "REDIS_URL,    redis://me:12#ss@host:6379/0",
    "REDIS_URL,    redis://:50%off@host:6379/0"
  })
  void passwordThatIsNotPercentEncoded_isToldSo(ConfigKey key, String url) {
    assertThat(errorsOf(Map.of(key, url)))
        .singleElement()
        .asString()
        .startsWith(key + " must be ")
        .contains("percent-encoded", "***@host")
        .doesNotContain("ss@", "off@");
  }

  @Test
  void urlWithoutAPassword_isNotToldToEncodeIt() {
    assertThat(errorsOf(Map.of(ConfigKey.DATABASE_URL, "mysql://host/db")))
        .singleElement()
        .asString()
        .doesNotContain("percent");
  }

  @ParameterizedTest
  @CsvSource({"dev, 0, true", "staging, 5000, false", "prod, 5000, false", "PROD, 5000, false"})
  void drainDelayAndDemo_followTheEnvironment(String environment, long delay, boolean isDemo) {
    ServerConfig config = config(Map.of(ConfigKey.ENV, environment));

    assertThat(config.drainDelay()).isEqualTo(Duration.ofMillis(delay));
    assertThat(config.processing().isDemo()).isEqualTo(isDemo);
  }

  @Test
  void drainDelayAndDemo_canBeGiven() {
    ServerConfig config =
        config(Map.of(ConfigKey.ENV, "prod", ConfigKey.DEMO, "on", ConfigKey.DRAIN_DELAY_MS, "0"));

    assertThat(config.drainDelay()).isZero();
    assertThat(config.processing().isDemo()).isTrue();
  }

  @Test
  void capBelowBase_isRefused() {
    assertThat(errorsOf(Map.of(ConfigKey.RETRY_BASE_MS, "300001")))
        .containsExactly(
            "RETRY_CAP_MS must be at least RETRY_BASE_MS (300001), but is '300000' (test)");
  }

  @Test
  void defaults_areThoseOfTheDesign() {
    ServerConfig config = config(Map.of());

    assertThat(config.address().getHostAddress()).isEqualTo("127.0.0.1");
    assertThat(config.port()).isEqualTo(8080);
    assertThat(config.environment()).isEqualTo("dev");
    assertThat(config.storage()).isEqualTo("sqlite");
    assertThat(config.dataDirectory()).isEqualTo(Path.of("./data"));
    assertThat(config.retention()).isEqualTo(Duration.ofDays(7));
    assertThat(config.shutdownGrace()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.logs())
        .isEqualTo(new ServerConfig.Logs(true, "INFO", false, Duration.ofSeconds(1)));
  }

  @Test
  void defaultsOfProcessing_areThoseOfTheDesign() {
    ServerConfig.Processing processing = config(Map.of()).processing();

    assertThat(processing.workers()).isEqualTo(64);
    assertThat(processing.maxBacklog()).isEqualTo(1_000_000);
    assertThat(processing.delay()).isZero();
    assertThat(processing.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(processing.retries().maxRetries()).isEqualTo(5);
    assertThat(processing.retries().base()).isEqualTo(Duration.ofSeconds(1));
    assertThat(processing.retries().cap()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void defaultsOfLimits_areThoseOfTheDesign() {
    var limits = config(Map.of()).limits();

    assertThat(limits.maxPayloadBytes()).isEqualTo(1 << 20);
    assertThat(limits.maxBatch()).isEqualTo(5_000);
    assertThat(limits.ratePerSecond()).isZero();
  }

  @Test
  void burst_isTwiceTheRateUnlessGiven() {
    assertThat(config(Map.of(ConfigKey.RATE_LIMIT, "2.6")).limits().rateBurst()).isEqualTo(6);
    assertThat(
            config(Map.of(ConfigKey.RATE_LIMIT, "2.6", ConfigKey.RATE_LIMIT_BURST, "9"))
                .limits()
                .rateBurst())
        .isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.2,      127.0.0.2, 7000",
    "127.0.0.2:7001, 127.0.0.2, 7001",
    "0.0.0.0:0,      0.0.0.0,   0",
    "localhost,      127.0.0.1, 7000",
    "::1,            ::1,       7000",
    "[::1],          ::1,       7000",
    "[::1]:7001,     ::1,       7001",
    "::,             ::,        7000"
  })
  void bindAddress_comesInManyForms(String text, String address, int port)
      throws UnknownHostException {
    ServerConfig config = config(Map.of(ConfigKey.BIND_ADDRESS, text, ConfigKey.PORT, "7000"));

    assertThat(config.address()).isEqualTo(InetAddress.getByName(address));
    assertThat(config.port()).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ":", ":80", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:-1", "[::1"})
  void bindAddressOutOfShape_isRefused(String text) {
    assertThat(errorsOf(Map.of(ConfigKey.BIND_ADDRESS, text)))
        .singleElement()
        .asString()
        .startsWith("BIND_ADDRESS must be an address");
  }

  @ParameterizedTest
  @CsvSource({"500ms, PT0.5S", "30s, PT30S", "10m, PT10M", "12h, PT12H", "7d, PT168H"})
  void span_isReadInItsUnit(String text, Duration span) {
    assertThat(config(Map.of(ConfigKey.RETENTION, text)).retention()).isEqualTo(span);
  }

  private static List<String> errorsOf(Map<ConfigKey, String> given) {
    return catchThrowableOfType(ConfigException.class, () -> config(given)).errors();
  }

  private static ServerConfig config(Map<ConfigKey, String> given) {
    var settings = new EnumMap<ConfigKey, Setting>(ConfigKey.class);
    for (ConfigKey key : ConfigKey.values()) {
      settings.put(key, new Setting(given.getOrDefault(key, key.defaultText()), "test"));
    }
    return ServerConfig.of(new Gathered(settings, List.of()));
  }
}
