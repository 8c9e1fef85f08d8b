package dev.sluice.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AccessConfigTest {

  private static final String KEY = "slc_me_" + "0".repeat(64);

  @TempDir private Path folder;

  private static AccessConfig config(Map<ConfigKey, String> given) {
    var settings = new EnumMap<ConfigKey, Setting>(ConfigKey.class);
    for (ConfigKey key : ConfigKey.values()) {
      settings.put(key, new Setting(given.getOrDefault(key, key.defaultText()), "test"));
    }
    return ServerConfig.of(new Gathered(settings, List.of())).access();
  }

  private static List<String> errorsOf(Map<ConfigKey, String> given) {
    return catchThrowableOfType(ConfigException.class, () -> config(given)).errors();
  }

  @ParameterizedTest
  @CsvSource({
    "auto, 127.0.0.1, true",
    "auto, 127.0.0.9, true",
    "auto, ::1,       true",
    "auto, 0.0.0.0,   false",
    "auto, ::,        false",
    "auto, 10.1.2.3,  false",
    "on,   127.0.0.1, false",
    "off,  0.0.0.0,   true"
  })
  void service_isOpenOnLoopbackUnlessToldOtherwise(String auth, String address, boolean isOpen)
      throws UnknownHostException {
    AccessConfig access = config(Map.of(ConfigKey.AUTH, auth));

    assertThat(access.isOpenOn(InetAddress.getByName(address))).isEqualTo(isOpen);
  }

  @Test
  void adminKey_isNeverShown() {
    assertThat(config(Map.of(ConfigKey.ADMIN_KEY, KEY)).adminKey()).contains(KEY);
    assertThat(ConfigKey.ADMIN_KEY.shown(KEY)).isEqualTo("***");
    assertThat(ConfigKey.ADMIN_KEY.shown("")).isEmpty();
    assertThat(errorsOf(Map.of(ConfigKey.ADMIN_KEY, "my secret")))
        .singleElement()
        .asString()
        .contains("slc_<id>_<secret>")
        .doesNotContain("my secret");
  }

  @Test
  void oneFileOfThePair_isNotEnough() {
    assertThat(errorsOf(Map.of(ConfigKey.TLS_KEY, "key.pem")))
        .containsExactly(
            "TLS_KEY must be set together with the other of TLS_CERT and TLS_KEY, but is"
                + " 'key.pem' (test)");
  }

  @Test
  void filesThatCannotBeUsed_areNamed() throws IOException {
    Path certificate = Files.writeString(folder.resolve("cert.pem"), "hello");

    assertThat(
            errorsOf(Map.of(ConfigKey.TLS_CERT, certificate.toString(), ConfigKey.TLS_KEY, "none")))
        .singleElement()
        .asString()
        .startsWith("TLS_CERT must be a PEM file")
        .contains("contains no certificates");
    assertThat(
            errorsOf(
                Map.of(ConfigKey.TLS_CERT, folder + "/none", ConfigKey.TLS_KEY, folder + "/none")))
        .singleElement()
        .asString()
        .contains("cannot be read (NoSuchFileException)");
  }
}
