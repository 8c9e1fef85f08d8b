package dev.sluice.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where webhooks may be sent to, and what encrypts their secrets.
final class WebhookConfigTest {

  private static final String KEY = "ab".repeat(32);

  @TempDir private Path folder;

  private static WebhookConfig config(Map<ConfigKey, String> given) {
    var settings = new EnumMap<ConfigKey, Setting>(ConfigKey.class);
    for (ConfigKey key : ConfigKey.values()) {
      settings.put(key, new Setting(given.getOrDefault(key, key.defaultText()), "test"));
    }
    return ServerConfig.of(new Gathered(settings, List.of())).webhooks();
  }

  private static List<String> errorsOf(ConfigKey key, String value) {
    return catchThrowableOfType(ConfigException.class, () -> config(Map.of(key, value))).errors();
  }

  @Test
  void developersOwnNode_mayReachItself() {
    WebhookConfig config = config(Map.of());

    assertThat(config.isForTrials()).isTrue();
    assertThat(config.isHttpAllowed()).isTrue();
    assertThat(config.networks()).containsExactly("127.0.0.0/8", "::1");
    assertThat(config.ports()).isEqualTo("80,443,1024-65535");
    assertThat(config.secretKeys()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "dev,0.0.0.0",
    "prod,127.0.0.1",
    "staging,127.0.0.1",
    "prod,10.1.2.3",
    "dev,10.1.2.3"
  })
  void otherNode_reachesPublicReceiversOnly(String environment, String address) {
    WebhookConfig config =
        config(Map.of(ConfigKey.ENV, environment, ConfigKey.BIND_ADDRESS, address));

    assertThat(config.isForTrials()).isFalse();
    assertThat(config.isHttpAllowed()).isFalse();
    assertThat(config.networks()).isEmpty();
    assertThat(config.ports()).isEqualTo("80,443");
  }

  @Test
  void givenValues_replaceThoseOfTrials() {
    WebhookConfig config =
        config(
            Map.of(
                ConfigKey.WEBHOOK_ALLOW_NETWORKS, "10.0.0.0/8, 192.168.1.5",
                ConfigKey.WEBHOOK_ALLOW_HTTP, "off",
                ConfigKey.WEBHOOK_PORTS, "443,8000-8999"));

    assertThat(config.networks()).containsExactly("10.0.0.0/8", "192.168.1.5");
    assertThat(config.isHttpAllowed()).isFalse();
    assertThat(config.ports()).isEqualTo("443,8000-8999");
    assertThat(config.isForTrials()).isFalse();
    assertThat(
            config(Map.of(ConfigKey.ENV, "prod", ConfigKey.WEBHOOK_ALLOW_HTTP, "on"))
                .isHttpAllowed())
        .isTrue();
  }

  @Test
  void secretsKey_isNeverShown() {
    assertThat(config(Map.of(ConfigKey.SECRETS_KEY, KEY)).secretKeys()).contains(KEY);
    assertThat(ConfigKey.SECRETS_KEY.shown(KEY)).isEqualTo("***");
    assertThat(ConfigKey.SECRETS_KEY.shown("")).isEmpty();
    assertThat(ConfigKey.SECRETS_KEY.isSecret()).isTrue();
  }

  @Test
  void secretsKey_mayComeFromAFile() throws IOException {
    String two = KEY + "," + "cd".repeat(32) + "\n";
    Path file = Files.writeString(folder.resolve("keys"), two);

    WebhookConfig config =
        ServerConfig.of(
                ConfigSources.gather(
                    Map.of(), Map.of("SECRETS_KEY_FILE", file.toString()), Optional.empty()))
            .webhooks();

    assertThat(config.secretKeys().orElseThrow()).isEqualTo(two.strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hidden", "hiddenhiddenhiddenhiddenhiddenhidden", "abab,hidden", ","})
  void malformedSecretsKey_isExplainedAndNotRepeated(String keys) {
    assertThat(errorsOf(ConfigKey.SECRETS_KEY, keys))
        .singleElement()
        .asString()
        .startsWith("SECRETS_KEY must be ")
        .doesNotContain("hidden");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "WEBHOOK_ALLOW_NETWORKS | 10.0.0.0/33",
        "WEBHOOK_ALLOW_NETWORKS | 10.0.0.0/8,private",
        "WEBHOOK_ALLOW_NETWORKS | 10.0.0.0/8,",
        "WEBHOOK_PORTS          | 0",
        "WEBHOOK_PORTS          | 9000-8000",
        "WEBHOOK_PORTS          | 443;80",
        "WEBHOOK_ALLOW_HTTP     | maybe",
        "WEBHOOK_PAUSE_AFTER    | 8d",
        "WEBHOOK_PAUSE_AFTER    | 23h",
        "WEBHOOK_ORIGIN         | two words",
        "WEBHOOK_ORIGIN         | é.example"
      })
  void malformedValue_isNamed(ConfigKey key, String value) {
    assertThat(errorsOf(key, value))
        .singleElement()
        .asString()
        .startsWith(key + " must be ")
        .contains("'" + value + "'");
  }
}
