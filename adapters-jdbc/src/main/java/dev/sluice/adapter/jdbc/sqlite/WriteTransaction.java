package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.DiskFullException;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.StoreUnavailableException;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// A transaction of the writer's connection, with the writer cache that follows it.
final class WriteTransaction implements GroupCommit.Transaction {

  private static final System.Logger LOG = System.getLogger(WriteTransaction.class.getName());

  private final Statements statements;
  private final WriterCache writerCache;
  private final TimeRanges timeRanges;
  private final DiskRoom room;
  private final WriteAheadLog log;

  /// Why nothing is written any more; set once.
  private volatile @Nullable String failure;

  WriteTransaction(
      Statements statements,
      WriterCache writerCache,
      TimeRanges timeRanges,
      DiskRoom room,
      WriteAheadLog log) {
    this.statements = statements;
    this.writerCache = writerCache;
    this.timeRanges = timeRanges;
    this.room = room;
    this.log = log;
  }

  /// @throws StoreUnavailableException after a failure that ends all writing
  void requireUsable() {
    String known = failure;
    if (known != null) {
      throw new StoreUnavailableException(known);
    }
  }

  @Override
  public void begin() throws SQLException {
    writerCache.begin();
    requireUsable();
    statements.execute("begin immediate");
  }

  @Override
  public void commit() throws SQLException {
    timeRanges.write(statements);
    writerCache.write(statements);
    statements.execute("commit");
    try {
      timeRanges.written();
      writerCache.commit();
    } catch (RuntimeException | Error e) {
      ended("the writer cache no longer matches the database", e);
      throw e;
    }
    log.committed();
  }

  @Override
  public void rollback() {
    writerCache.rollback();
    timeRanges.rolledBack();
    statements.prepareAnew();
    try {
      statements.execute("rollback");
    } catch (SQLException e) {
      // Some errors have already ended the transaction; then there is nothing to roll back.
      LOG.log(Level.DEBUG, "no transaction to roll back: " + e.getMessage());
    }
  }

  @Override
  public RuntimeException translate(Throwable cause) {
    if (cause instanceof InconsistentStorageException) {
      return ended("the file does not hold what this process wrote to it", cause);
    }
    if (cause instanceof PortException known) {
      return known;
    }
    if (cause instanceof SQLiteException sqlite) {
      return translate(sqlite);
    }
    return cause instanceof RuntimeException unexpected
        ? unexpected
        : new StoreUnavailableException("cannot write: " + cause.getMessage(), cause);
  }

  private RuntimeException translate(SQLiteException cause) {
    SQLiteErrorCode code = cause.getResultCode();
    return switch (code) {
      case SQLITE_FULL -> {
        room.wasRefused();
        yield new DiskFullException(cause);
      }
      // After a failed sync the operating system may have discarded what it could not write, and a
      // second sync may succeed without it (Rebello and others, USENIX ATC 2020). So there is no
      // second one.
      case SQLITE_IOERR_FSYNC, SQLITE_IOERR_DIR_FSYNC ->
          ended("the disk could not sync what was written", cause);
      // A retry cannot help, and further writes can make it worse.
      case SQLITE_CORRUPT,
          SQLITE_CORRUPT_INDEX,
          SQLITE_CORRUPT_SEQUENCE,
          SQLITE_CORRUPT_VTAB,
          SQLITE_NOTADB ->
          ended("the file is damaged", cause);
      default -> new StoreUnavailableException("cannot write: " + cause.getMessage(), cause);
    };
  }

  private RuntimeException ended(String what, Throwable cause) {
    String reason =
        what
            + " ("
            + cause.getMessage()
            + "): nothing is stored any more; check the disk, run `sluice storage check`, then"
            + " start Sluice again";
    failure = reason;
    LOG.log(Level.ERROR, reason);
    return new StoreUnavailableException(reason, cause);
  }
}
