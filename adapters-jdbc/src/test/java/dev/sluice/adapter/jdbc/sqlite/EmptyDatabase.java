package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// An empty SQLite database for tests that are not about creating one: its migrations take longer
/// than most tests.
public final class EmptyDatabase {

  private static final byte[] FILE = make();

  private EmptyDatabase() {}

  private static byte[] make() {
    try {
      var settings = new SqliteSettings(Files.createTempDirectory("sluice-empty"));
      SqliteAdapter.open(settings, new SettableClock(), StorageThreads.FACTORY).close();
      byte[] file = Files.readAllBytes(settings.file());
      Files.delete(settings.file());
      Files.deleteIfExists(settings.lockFile());
      Files.delete(settings.directory());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes an empty database into the folder.
  public static SqliteSettings in(Path directory) {
    try {
      var settings = new SqliteSettings(directory);
      Files.write(settings.file(), FILE);
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
