package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.domain.port.PortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.sqlite.SQLiteJDBCLoader;

/// Loads SQLite's native library, which the driver unpacks into a folder first.
///
/// The folder for temporary files does not always work: hardened containers have none that is
/// writable, or mount it `noexec`. Then the library is unpacked beside the data.
final class SqliteLibrary {

  private static final String FOLDER_PROPERTY = "org.sqlite.tmpdir";

  /// Another process may just be loading a newer file.
  private static final Duration LEFT_OVER = Duration.ofMinutes(10);

  private SqliteLibrary() {}

  /// Loads the library, from beside the data if the folder for temporary files does not work.
  ///
  /// @param data the data folder
  /// @throws PortException when it cannot be loaded; the message says what to do
  static synchronized void load(Path data) {
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception atFirst) {
      loadFrom(data.toAbsolutePath().resolve("native"), atFirst);
    }
  }

  private static void loadFrom(Path folder, Exception atFirst) {
    String chosen = System.getProperty(FOLDER_PROPERTY);
    String first = chosen == null ? System.getProperty("java.io.tmpdir") : chosen;
    try {
      Files.createDirectories(folder);
      forgetLeftOvers(folder);
      System.setProperty(FOLDER_PROPERTY, folder.toString());
      SQLiteJDBCLoader.initialize();
    } catch (Exception atLast) {
      atLast.addSuppressed(atFirst);
      throw new PortException(
          "cannot load SQLite's native library from "
              + first
              + ", nor from "
              + folder
              + ": set -D"
              + FOLDER_PROPERTY
              + "=FOLDER in SLUICE_JAVA_OPTS or JDK_JAVA_OPTIONS, to a writable folder that is not"
              + " mounted noexec",
          atLast);
    }
  }

  /// Deletes the copies of killed processes. A copy in use can be deleted safely, or cannot be
  /// deleted.
  private static void forgetLeftOvers(Path folder) throws IOException {
    Instant limit = Instant.now().minus(LEFT_OVER);
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.toList();
    }
    for (Path file : files) {
      try {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        System.getLogger(SqliteLibrary.class.getName())
            .log(System.Logger.Level.DEBUG, "cannot delete " + file, e);
      }
    }
  }
}
