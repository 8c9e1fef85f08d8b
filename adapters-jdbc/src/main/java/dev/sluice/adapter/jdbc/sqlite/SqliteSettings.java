package dev.sluice.adapter.jdbc.sqlite;

import java.nio.file.Path;

/// The location of the embedded storage.
///
/// @param directory folder of its files; created when missing
public record SqliteSettings(Path directory) {

  /// Returns the database.
  public Path file() {
    return directory.resolve("sluice.db");
  }

  /// Returns the write-ahead log.
  Path logFile() {
    return directory.resolve("sluice.db-wal");
  }

  /// Returns the file that reserves space on a full disk.
  Path reserveFile() {
    return directory.resolve("sluice.reserve");
  }

  /// Returns the lock file, which the process that uses the database holds.
  Path lockFile() {
    return directory.resolve("sluice.lock");
  }
}
