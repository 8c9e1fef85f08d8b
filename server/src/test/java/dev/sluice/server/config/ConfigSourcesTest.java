package dev.sluice.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ConfigSourcesTest {

  @TempDir private Path folder;

  @Test
  void nothingGiven_leavesEveryKeyAtItsDefault() throws IOException {
    Map<ConfigKey, Setting> settings = gather(Map.of(), Map.of(), Optional.of(file("")));

    assertThat(settings).containsOnlyKeys(ConfigKey.values());
    settings.forEach(
        (key, setting) -> assertThat(setting).isEqualTo(new Setting(key.defaultText(), "default")));
  }

  @Test
  void commandLine_beatsEnvironmentAndFile() throws IOException {
    Map<ConfigKey, Setting> settings =
        gather(Map.of("PORT", " 1 "), Map.of("PORT", "2"), Optional.of(file("port: 3")));

    assertThat(settings.get(ConfigKey.PORT)).isEqualTo(new Setting("1", "command line"));
  }

  @Test
  void environment_beatsFile() throws IOException {
    Map<ConfigKey, Setting> settings =
        gather(Map.of(), Map.of("PORT", " 2 "), Optional.of(file("port: 3")));

    assertThat(settings.get(ConfigKey.PORT)).isEqualTo(new Setting("2", "environment"));
  }

  @Test
  void subscriptionsInTheFile_nameTheFileItself() throws IOException {
    Path file = file("port: 3\nsubscriptions:\n  - {name: a}\n");

    assertThat(gather(Map.of(), Map.of(), Optional.of(file)))
        .containsEntry(ConfigKey.SUBSCRIPTIONS_FILE, new Setting(file.toString(), file.toString()));
  }

  @Test
  void subscriptionsAndTheirFile_cannotBothBeGiven() throws IOException {
    Path file = file("subscriptions: []\nsubscriptions_file: other.yaml\n");

    assertThat(ConfigSources.gather(Map.of(), Map.of(), Optional.of(file)).errors())
        .singleElement()
        .asString()
        .contains("subscriptions and subscriptions_file are both given");
  }

  @Test
  void file_beatsDefault() throws IOException {
    Path file = file("port: 3\nMAX_BATCH: 7\naccess_log: on\nretention: 2h\nrate_limit: 2.5\n");

    Map<ConfigKey, Setting> settings = gather(Map.of(), Map.of(), Optional.of(file));

    assertThat(settings)
        .containsEntry(ConfigKey.PORT, new Setting("3", file.toString()))
        .containsEntry(ConfigKey.MAX_BATCH, new Setting("7", file.toString()))
        .containsEntry(ConfigKey.ACCESS_LOG, new Setting("on", file.toString()))
        .containsEntry(ConfigKey.RETENTION, new Setting("2h", file.toString()))
        .containsEntry(ConfigKey.RATE_LIMIT, new Setting("2.5", file.toString()))
        .containsEntry(ConfigKey.WORKERS, new Setting("64", "default"));
  }

  @Test
  void emptyVariable_countsAsUnset() throws IOException {
    Map<ConfigKey, Setting> settings =
        gather(Map.of(), Map.of("PORT", ""), Optional.of(file("port: 3")));

    assertThat(settings).extractingByKey(ConfigKey.PORT).extracting(Setting::text).isEqualTo("3");
  }

  @Test
  void emptyValueInFile_countsAsUnset() throws IOException {
    Map<ConfigKey, Setting> settings = gather(Map.of(), Map.of(), Optional.of(file("port:\n")));

    assertThat(settings.get(ConfigKey.PORT)).isEqualTo(new Setting("8080", "default"));
  }

  @Test
  void otherVariables_areIgnored() throws IOException {
    Map<ConfigKey, Setting> settings =
        gather(Map.of(), Map.of("port", "2", "PATH", "/bin"), Optional.of(file("")));

    assertThat(settings.values()).extracting(Setting::origin).containsOnly("default");
  }

  @Test
  void unknownKeysInFile_areAllNamed() throws IOException {
    assertThat(errorsOf("prot: 1\nport: 2\nworkerz: 3\nbind_address: [a, b]\n"))
        .satisfiesExactly(
            error -> assertThat(error).contains("sluice-test.yaml", "prot is not a key"),
            error -> assertThat(error).contains("workerz is not a key"),
            error -> assertThat(error).contains("bind_address must be a single value"));
  }

  @Test
  void brokenYaml_isRefusedWithItsPlace() throws IOException {
    assertThat(errorsOf("port: [1, 2\nworkers: }"))
        .singleElement()
        .asString()
        .contains("sluice-test.yaml", "is not valid YAML", "line");
  }

  @Test
  void keyGivenTwice_isRefused() throws IOException {
    assertThat(errorsOf("port: 1\nport: 2\n")).singleElement().asString().contains("port");
  }

  @Test
  void fileThatIsNoMap_isRefused() throws IOException {
    assertThat(errorsOf("- port\n")).singleElement().asString().contains("such as port: 8080");
  }

  @Test
  void namedFileThatIsMissing_isRefused() {
    assertThat(errorsOf(folder.resolve("nowhere.yaml")))
        .containsExactly(
            "cannot read the configuration file "
                + folder.resolve("nowhere.yaml")
                + ": there is no such file");
  }

  @Test
  void unknownKey_hidesNothingElse() throws IOException {
    Gathered gathered =
        ConfigSources.gather(Map.of(), Map.of(), Optional.of(file("prot: 1\nworkers: none\n")));

    assertThat(
            catchThrowableOfType(ConfigException.class, () -> ServerConfig.of(gathered)).errors())
        .satisfiesExactly(
            error -> assertThat(error).contains("prot is not a key; did you mean port?"),
            error -> assertThat(error).startsWith("WORKERS must be a number"));
  }

  @Test
  void keyInUpperAndLowerCase_isRefused() throws IOException {
    assertThat(errorsOf("port: 1\nPORT: 2\n"))
        .singleElement()
        .asString()
        .contains("is given twice", "remove one");
  }

  @ParameterizedTest
  @EnumSource(
      value = ConfigKey.class,
      names = {"ADMIN_KEY", "DATABASE_URL", "AMQP_URL", "REDIS_URL"})
  void secret_comesFromAFile(ConfigKey key) throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "s3cret\n");
    String name = key.fileVariant();
    String path = secret.toString();

    assertThat(gather(Map.of(), Map.of(name, path), Optional.of(file(""))))
        .containsEntry(key, new Setting("s3cret", "environment, " + path));
    assertThat(gather(Map.of(name, path), Map.of(), Optional.of(file(""))))
        .containsEntry(key, new Setting("s3cret", "command line, " + path));
    Path file = file(name.toLowerCase(Locale.ROOT) + ": '" + path + "'");
    assertThat(gather(Map.of(), Map.of(), Optional.of(file)))
        .containsEntry(key, new Setting("s3cret", file + ", " + path));
  }

  @Test
  void everySecretKey_isMaskedAndOthersHaveNoFile() {
    String url = "postgresql://user:s3cret@host/db";

    for (ConfigKey key : ConfigKey.values()) {
      assertThat(key.shown(url).contains("s3cret")).as(key.name()).isNotEqualTo(key.isSecret());
    }
  }

  @Test
  void secretFile_goesOverTheFileAndUnderTheCommandLine() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "two");
    var environment = Map.of("ADMIN_KEY_FILE", secret.toString());
    Optional<Path> file = Optional.of(file("admin_key: one"));

    assertThat(gather(Map.of(), environment, file).get(ConfigKey.ADMIN_KEY))
        .extracting(value -> value.text())
        .isEqualTo("two");
    assertThat(gather(Map.of("ADMIN_KEY", "3"), environment, file).get(ConfigKey.ADMIN_KEY))
        .extracting(value -> value.text())
        .isEqualTo("3");
  }

  @ParameterizedTest
  @CsvSource({
    "'',      it is empty",
    "'\n ',   it is empty",
    "'a\nb',  it holds more than one line",
    "missing, there is no such file",
    "LARGE,   it holds more than 64 KiB"
  })
  void unusableSecretFile_isNamedWithTheReason(String text, String reason) throws IOException {
    Path secret = folder.resolve("secret");
    if (!text.equals("missing")) {
      Files.writeString(secret, text.equals("LARGE") ? "x".repeat(70_000) : text);
    }

    List<String> errors =
        ConfigSources.gather(Map.of(), Map.of("AMQP_URL_FILE", secret.toString()), Optional.empty())
            .errors();

    assertThat(errors)
        .containsExactly(
            "AMQP_URL_FILE must be a file that holds AMQP_URL, but is '%s' (environment): %s"
                .formatted(secret, reason));
  }

  @Test
  void secretAndItsFileInOnePlace_areRefused() {
    var both = Map.of("REDIS_URL", "redis://h", "REDIS_URL_FILE", "/run/secrets/redis");

    assertThat(ConfigSources.gather(Map.of(), both, Optional.empty()).errors())
        .containsExactly("REDIS_URL and REDIS_URL_FILE are both given (environment): remove one");
  }

  @Test
  void secretOnTheCommandLine_isWarnedOf() {
    var visible = Map.of("ADMIN_KEY", "slc_a_b", "DATABASE_URL", "postgresql://h/d", "PORT", "1");
    var hidden = Map.of("ADMIN_KEY", "slc_a_b");

    assertThat(ConfigSources.gather(visible, Map.of(), Optional.empty()).warnings())
        .singleElement()
        .asString()
        .contains("ADMIN_KEY is on the command line", "--admin-key-file");
    assertThat(ConfigSources.gather(Map.of(), hidden, Optional.empty()).warnings()).isEmpty();
  }

  private static Map<ConfigKey, Setting> gather(
      Map<String, String> commandLine, Map<String, String> environment, Optional<Path> file) {
    Gathered gathered = ConfigSources.gather(commandLine, environment, file);
    assertThat(gathered.errors()).isEmpty();
    return gathered.settings();
  }

  private List<String> errorsOf(String yaml) throws IOException {
    return errorsOf(file(yaml));
  }

  private static List<String> errorsOf(Path file) {
    return ConfigSources.gather(Map.of(), Map.of(), Optional.of(file)).errors();
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("sluice-test.yaml"), yaml);
  }
}
