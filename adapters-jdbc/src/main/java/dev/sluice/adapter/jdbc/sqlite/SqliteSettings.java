package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.domain.claim.PriorityOrder;
import java.nio.file.Path;

/// The location of the embedded storage.
///
/// @param directory folder of its files; created when missing
/// @param order in which due deliveries begin
public record SqliteSettings(Path directory, PriorityOrder order) {

  /// Creates settings with the usual order.
  public SqliteSettings(Path directory) {
    this(directory, PriorityOrder.DEFAULT);
  }

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
