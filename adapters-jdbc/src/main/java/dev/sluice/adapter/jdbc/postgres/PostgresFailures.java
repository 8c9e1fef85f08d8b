package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.DiskFullException;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.StoreUnavailableException;
import java.sql.SQLException;
import java.util.List;

/// Translates PostgreSQL's errors for callers. The codes are those of appendix A of its manual.
final class PostgresFailures {

  private static final String DISK_FULL = "53100";
  private static final String READ_ONLY = "25006";

  /// Classes of errors that the data causes, so that a retry cannot help.
  private static final String DATA = "22";

  private static final String CONSTRAINT = "23";

  /// Class of errors that concurrent transactions cause.
  private static final String CONFLICT = "40";

  /// Classes of errors after which there is no session: the connection broke, there are too many,
  /// the server stops or starts.
  private static final List<String> AWAY = List.of("08", "53300", "57P");

  private PostgresFailures() {}

  static PortException translate(SQLException failure) {
    return DISK_FULL.equals(failure.getSQLState())
        ? new DiskFullException(failure)
        : new StoreUnavailableException(
            "the database reports an error: " + failure.getMessage(), failure);
  }

  /// Returns why there is no connection, and what to do. The driver only connects to a server that
  /// accepts writes, and reports a refusal in terms of its own option.
  static String reasonOf(SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.contains("targetServerType")
        ? "it is read-only, perhaps a replica; connect to the primary (" + message + ")"
        : message;
  }

  /// Returns whether the database accepts no writes: it is a replica, or was set to read-only.
  static boolean isReadOnly(SQLException failure) {
    return READ_ONLY.equals(failure.getSQLState());
  }

  /// Returns whether the database gave up because others changed the same rows; nothing was done.
  static boolean isConflict(PortException failure) {
    return stateOf(failure).startsWith(CONFLICT);
  }

  /// Returns whom a failure concerns. A statement that waited too long for a lock, or was
  /// cancelled, does not predict the next one.
  static AppendGroupCommit.Trouble troubleOf(PortException failure) {
    String state = stateOf(failure);
    if (state.startsWith(DATA) || state.startsWith(CONSTRAINT)) {
      return AppendGroupCommit.Trouble.DATA;
    }
    if (state.startsWith(CONFLICT)) {
      return AppendGroupCommit.Trouble.CONFLICT;
    }
    boolean isAway =
        state.isEmpty() || state.equals(READ_ONLY) || AWAY.stream().anyMatch(state::startsWith);
    return isAway ? AppendGroupCommit.Trouble.DATABASE : AppendGroupCommit.Trouble.STATEMENT;
  }

  private static String stateOf(PortException failure) {
    return failure.getCause() instanceof SQLException sql && sql.getSQLState() != null
        ? sql.getSQLState()
        : "";
  }
}
