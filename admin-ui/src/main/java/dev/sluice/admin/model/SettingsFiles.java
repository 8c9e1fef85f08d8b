package dev.sluice.admin.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Stores the settings in `settings.json`, and the keys in a separate `keys.json` that only its
/// owner can read.
///
/// Renames a file that cannot be parsed, with the suffix `.bad`, and never overwrites it.
public final class SettingsFiles implements SettingsStore {

  private static final Logger LOG = System.getLogger(SettingsFiles.class.getName());

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(com.fasterxml.jackson.databind.SerializationFeature.INDENT_OUTPUT)
          .build();

  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rw-------");

  private final Path folder;

  /// Stores the files in a folder, which is created on the first save.
  public SettingsFiles(Path folder) {
    this.folder = folder;
  }

  /// Returns the settings folder that is usual on this system.
  ///
  /// `SLUICE_CONSOLE_HOME` overrides it.
  public static Path usualFolder(Map<String, String> environment, Path home, String system) {
    Optional<String> own = Optional.ofNullable(environment.get("SLUICE_CONSOLE_HOME"));
    if (own.isPresent()) {
      return Path.of(own.get());
    }
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      String roaming = environment.getOrDefault("APPDATA", home.resolve("AppData").toString());
      return Path.of(roaming, "Sluice");
    }
    if (name.startsWith("mac")) {
      return home.resolve("Library/Application Support/Sluice");
    }
    String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
    return (config.isEmpty() ? home.resolve(".config") : Path.of(config)).resolve("sluice");
  }

  @Override
  public Preferences preferences() {
    return read("settings.json", Preferences.class).orElse(Preferences.DEFAULT);
  }

  @Override
  public Keyring keys() {
    closeKeys();
    return read("keys.json", Keyring.class).orElse(Keyring.EMPTY);
  }

  private <T> Optional<T> read(String name, Class<T> type) {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(JSON.readValue(file.toFile(), type));
    } catch (JsonProcessingException wrong) {
      // Without the exception's message, which can quote a key.
      LOG.log(Level.WARNING, "cannot parse {0}; renaming it with the suffix .bad", file);
      putAside(file);
      return Optional.empty();
    } catch (IOException wrong) {
      LOG.log(Level.WARNING, "cannot read {0}", file);
      return Optional.empty();
    }
  }

  private static void putAside(Path file) {
    try {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".bad"),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException wrong) {
      LOG.log(Level.WARNING, "cannot rename {0}", file);
    }
  }

  @Override
  public void save(Preferences preferences) throws IOException {
    write("settings.json", preferences);
  }

  @Override
  public void save(Keyring keys) throws IOException {
    write("keys.json", keys);
  }

  /// Writes a file atomically: a new file replaces the old one.
  private void write(String name, Object value) throws IOException {
    Files.createDirectories(folder, ownersOnly(folder, "rwx------"));
    Path next = Files.createTempFile(folder, name, ".new", ownersOnly(folder, "rw-------"));
    try {
      Files.write(next, JSON.writeValueAsBytes(value));
      Files.move(next, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  /// Returns owner-only permissions on POSIX. On Windows the user's folders are private anyway.
  private static FileAttribute<?>[] ownersOnly(Path place, String permissions) {
    return isPosix(place)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /// Restricts the key file to its owner, in case a copy or a restore widened its permissions.
  private void closeKeys() {
    Path file = folder.resolve("keys.json");
    try {
      if (Files.exists(file)
          && isPosix(file)
          && !Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS).equals(OWNERS)) {
        Files.setPosixFilePermissions(file, OWNERS);
        LOG.log(Level.WARNING, "restricted {0} to its owner; other users could read it", file);
      }
    } catch (IOException wrong) {
      LOG.log(Level.WARNING, "cannot restrict {0} to its owner; other users can read it", file);
    }
  }

  private static boolean isPosix(Path place) {
    return place.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
