package dev.sluice.admin.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsFilesTest {

  @TempDir Path folder;

  private SettingsFiles files() {
    return new SettingsFiles(folder.resolve("sluice"));
  }

  private static Preferences some() {
    var profile =
        new Profile(
            "prod",
            "https://h",
            true,
            Profile.Colour.RED,
            List.of(new Profile.SavedView("mine", "status:failed")));
    return Preferences.DEFAULT
        .withProfile("", profile)
        .withCurrent("prod")
        .withTheme(Preferences.Theme.DARK)
        .withFontSize(15)
        .withInterval(0);
  }

  @Test
  void settings_areThereAfterTheNextStart() throws IOException {
    files().save(some());

    assertThat(files().preferences()).isEqualTo(some());
  }

  @Test
  void firstStart_hasDefaults() {
    assertThat(files().preferences()).isEqualTo(Preferences.DEFAULT);
    assertThat(files().keys()).isEqualTo(Keyring.EMPTY);
  }

  @Test
  void keys_areReadableByTheirOwnerAlone_andStandInNoOtherFile() throws IOException {
    SettingsFiles files = files();
    files.save(some());
    files.save(Keyring.EMPTY.with("prod", Optional.of(" slc_a_secret ")));

    assertThat(files().keys().of("prod")).contains("slc_a_secret");
    assertThat(Files.getPosixFilePermissions(folder.resolve("sluice/keys.json")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(Files.readString(folder.resolve("sluice/settings.json"))).doesNotContain("secret");
    assertThat(files.keys().toString()).doesNotContain("secret");
  }

  @Test
  void keysThatOthersCanRead_areClosedAgain() throws IOException {
    files().save(Keyring.EMPTY.with("a", Optional.of("slc_x")));
    Path file = folder.resolve("sluice/keys.json");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(files().keys().of("a")).contains("slc_x");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"profiles\":7}", "null"})
  void fileThatIsNotUnderstood_isPutAside_notLost(String text) throws IOException {
    Path file = folder.resolve("sluice/settings.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);

    assertThat(files().preferences()).isEqualTo(Preferences.DEFAULT);
    if (!text.equals("null")) {
      assertThat(folder.resolve("sluice/settings.json.bad")).hasContent(text);
    }
  }

  @Test
  void valuesOutOfBounds_areMended() throws IOException {
    Path file = folder.resolve("sluice/settings.json");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        "{\"font_size\":99,\"interval_seconds\":-3,\"theme\":\"pink\",\"later\":true,"
            + "\"profiles\":[{\"name\":\"a\",\"address\":\"http://h\"}]}");

    Preferences read = files().preferences();
    assertThat(read.fontSize()).isEqualTo(18);
    assertThat(read.intervalSeconds()).isEqualTo(2);
    assertThat(read.theme()).isEqualTo(Preferences.Theme.SYSTEM);
    assertThat(read.profiles()).containsExactly(Profile.of("a", "http://h"));
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, /home/a/.config/sluice",
    "Mac OS X, /home/a/Library/Application Support/Sluice",
    "Windows 11, /roaming/Sluice",
  })
  void folder_isWhereTheSystemHasIt(String system, Path expected) {
    assertThat(SettingsFiles.usualFolder(Map.of("APPDATA", "/roaming"), Path.of("/home/a"), system))
        .isEqualTo(expected);
  }

  @Test
  void folder_canBeNamed() {
    assertThat(
            SettingsFiles.usualFolder(
                Map.of("SLUICE_CONSOLE_HOME", "/x", "XDG_CONFIG_HOME", "/y"),
                Path.of("/h"),
                "Linux"))
        .isEqualTo(Path.of("/x"));
    assertThat(SettingsFiles.usualFolder(Map.of("XDG_CONFIG_HOME", "/y"), Path.of("/h"), "Linux"))
        .isEqualTo(Path.of("/y/sluice"));
  }
}
