package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.Statements;
import java.sql.SQLException;

/// What a checkpoint of SQLite's write-ahead log did.
///
/// @param isComplete false when others kept it from doing all that its mode promises
/// @param pages in the log
/// @param copied how many of them are in the database
record Checkpoint(boolean isComplete, int pages, int copied) {

  /// How it treats readers and the writer, see `pragma wal_checkpoint` in SQLite's manual.
  enum Mode {
    /// Copies nothing and tells what there is.
    NOOP,
    /// Copies what it can without waiting.
    PASSIVE,
    /// Waits for readers, copies all and gives the log's room to the disk.
    TRUNCATE
  }

  /// Runs one. Its statement is not kept: the driver closes a statement that met an error, and the
  /// next checkpoint must work.
  static Checkpoint run(Statements statements, Mode mode) throws SQLException {
    return statements.first(
        "pragma wal_checkpoint(" + mode + ")",
        row -> new Checkpoint(row.getInt(1) == 0, row.getInt(2), row.getInt(3)));
  }

  /// How many pages are still to be copied.
  int rest() {
    return pages - copied;
  }
}
