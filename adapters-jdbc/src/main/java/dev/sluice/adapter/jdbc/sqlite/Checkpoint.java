package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.Statements;
import java.sql.SQLException;

/// The result of a checkpoint of SQLite's write-ahead log.
///
/// @param isComplete false when other connections kept it from doing all that its mode promises
/// @param pages in the log
/// @param copied how many of them are in the database
record Checkpoint(boolean isComplete, int pages, int copied) {

  /// How a checkpoint treats readers and the writer, see `pragma wal_checkpoint` in SQLite's
  /// manual.
  enum Mode {
    /// Copies nothing and returns the counts.
    NOOP,
    /// Copies what it can without waiting.
    PASSIVE,
    /// Waits for readers, copies all and truncates the log.
    TRUNCATE
  }

  /// Runs a checkpoint. Its statement is not cached: the driver closes a statement that met an
  /// error, and the next checkpoint must work.
  static Checkpoint run(Statements statements, Mode mode) throws SQLException {
    return statements.first(
        "pragma wal_checkpoint(" + mode + ")",
        row -> new Checkpoint(row.getInt(1) == 0, row.getInt(2), row.getInt(3)));
  }

  /// Returns how many pages are still to be copied.
  int rest() {
    return pages - copied;
  }
}
