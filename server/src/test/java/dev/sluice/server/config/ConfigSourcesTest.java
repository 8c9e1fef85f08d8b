package dev.sluice.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigSourcesTest {

  @TempDir private Path folder;

  @Test
  void nothingGiven_leavesEveryKeyAtItsDefault() throws IOException {
    Map<ConfigKey, Setting> settings =
        ConfigSources.gather(Map.of(), Map.of(), Optional.of(file("")));

    assertThat(settings).containsOnlyKeys(ConfigKey.values());
    settings.forEach(
        (key, setting) -> assertThat(setting).isEqualTo(new Setting(key.defaultText(), "default")));
  }

  @Test
  void commandLine_beatsEnvironmentAndFile() throws IOException {
    Map<ConfigKey, Setting> settings =
        ConfigSources.gather(
            Map.of(ConfigKey.PORT, " 1 "), Map.of("PORT", "2"), Optional.of(file("port: 3")));

    assertThat(settings.get(ConfigKey.PORT)).isEqualTo(new Setting("1", "command line"));
  }

  @Test
  void environment_beatsFile() throws IOException {
    Map<ConfigKey, Setting> settings =
        ConfigSources.gather(Map.of(), Map.of("PORT", " 2 "), Optional.of(file("port: 3")));

    assertThat(settings.get(ConfigKey.PORT)).isEqualTo(new Setting("2", "environment"));
  }

  @Test
  void file_beatsDefault() throws IOException {
    Path file = file("port: 3\nMAX_BATCH: 7\naccess_log: on\nretention: 2h\nrate_limit: 2.5\n");

    Map<ConfigKey, Setting> settings = ConfigSources.gather(Map.of(), Map.of(), Optional.of(file));

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
        ConfigSources.gather(Map.of(), Map.of("PORT", ""), Optional.of(file("port: 3")));

    assertThat(settings).extractingByKey(ConfigKey.PORT).extracting(Setting::text).isEqualTo("3");
  }

  @Test
  void emptyValueInFile_countsAsUnset() throws IOException {
    Map<ConfigKey, Setting> settings =
        ConfigSources.gather(Map.of(), Map.of(), Optional.of(file("port:\n")));

    assertThat(settings.get(ConfigKey.PORT)).isEqualTo(new Setting("8080", "default"));
  }

  @Test
  void otherVariables_areIgnored() throws IOException {
    Map<ConfigKey, Setting> settings =
        ConfigSources.gather(Map.of(), Map.of("port", "2", "PATH", "/bin"), Optional.of(file("")));

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
    ConfigException thrown = refused(folder.resolve("nowhere.yaml"));

    assertThat(thrown.errors()).singleElement().asString().contains("nowhere.yaml", "cannot");
  }

  private List<String> errorsOf(String yaml) throws IOException {
    return refused(file(yaml)).errors();
  }

  private static ConfigException refused(Path file) {
    return catchThrowableOfType(
        ConfigException.class, () -> ConfigSources.gather(Map.of(), Map.of(), Optional.of(file)));
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("sluice-test.yaml"), yaml);
  }
}
