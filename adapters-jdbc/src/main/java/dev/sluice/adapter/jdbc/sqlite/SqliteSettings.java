package dev.sluice.adapter.jdbc.sqlite;

import java.nio.file.Path;

/// Where the embedded storage lives.
///
/// @param directory the folder of its files; made when it is missing
public record SqliteSettings(Path directory) {

  /// The database.
  public Path file() {
    return directory.resolve("sluice.db");
  }

  /// What SQLite has not written back to it yet.
  Path logFile() {
    return directory.resolve("sluice.db-wal");
  }

  /// Holds room on a full disk.
  Path reserveFile() {
    return directory.resolve("sluice.reserve");
  }

  /// Held by the process that uses the database.
  Path lockFile() {
    return directory.resolve("sluice.lock");
  }
}
