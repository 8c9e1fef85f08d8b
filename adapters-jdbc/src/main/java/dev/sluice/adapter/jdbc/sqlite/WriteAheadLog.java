package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.adapter.jdbc.sqlite.Checkpoint.Mode;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/// Keeps the write-ahead log from growing forever.
///
/// SQLite copies it into the database after some thousand pages, but restarts it from the front
/// only when a commit finds no reader in it. Readers that overlap without a gap prevent that,
/// however short each of them is. So when it has grown large, the writer waits for the current
/// readers; later ones read the database alone, because all of the log is in it by then.
///
/// Used by the writer's thread between transactions.
final class WriteAheadLog {

  private static final System.Logger LOG = System.getLogger(WriteAheadLog.class.getName());

  /// Checking the file costs a system call, so not every commit does it.
  private static final int COMMITS_A_LOOK = 16;

  private final Path file;
  private final Limits limits;
  private final Statements statements;
  private final Checkpointer checkpointer;
  private int commits;
  private boolean isWanted;

  /// When emptying last failed; a backup may read for minutes.
  private long lastFailure;

  /// Limits of the log.
  ///
  /// @param large size in bytes at which it is emptied
  /// @param patience how long to wait for readers
  /// @param pause how long not to retry after a reader did not finish in time
  record Limits(long large, Duration patience, Duration pause) {
    Limits() {
      this(256L << 20, Duration.ofSeconds(1), Duration.ofMinutes(1));
    }
  }

  WriteAheadLog(Path file, Limits limits, Statements statements, Checkpointer checkpointer) {
    this.file = file;
    this.limits = limits;
    this.statements = statements;
    this.checkpointer = checkpointer;
    this.lastFailure = System.nanoTime() - limits.pause().toNanos();
  }

  /// Called after each transaction.
  void committed() {
    commits++;
    if (checkpointer.committed()) {
      copyRest();
    }
    if (isWanted) {
      isWanted = false;
      empty();
    } else if (commits >= COMMITS_A_LOOK) {
      commits = 0;
      if (bytes() > limits.large()) {
        empty();
      }
    }
  }

  private void copyRest() {
    try {
      Checkpoint.run(statements, Mode.PASSIVE);
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "cannot copy the rest of the write-ahead log: " + e.getMessage());
    }
  }

  /// Empties the log after the transaction in progress, however small the log is.
  void emptyAfterCommit() {
    isWanted = true;
  }

  /// Copies the log into the database and truncates it, unless a reader takes long.
  private void empty() {
    if (System.nanoTime() - lastFailure < limits.pause().toNanos()) {
      return;
    }
    // SQLite refuses a checkpoint while another one runs.
    checkpointer.pause();
    try {
      truncate();
    } catch (SQLException e) {
      lastFailure = System.nanoTime();
      LOG.log(Level.DEBUG, "cannot truncate the write-ahead log: " + e.getMessage());
    } finally {
      checkpointer.resume();
    }
  }

  private void truncate() throws SQLException {
    statements.execute("pragma busy_timeout = " + limits.patience().toMillis());
    try {
      if (!Checkpoint.run(statements, Mode.TRUNCATE).isComplete()) {
        lastFailure = System.nanoTime();
      }
    } finally {
      statements.execute("pragma busy_timeout = " + Connections.BUSY_MILLIS);
    }
  }

  private long bytes() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }
}
