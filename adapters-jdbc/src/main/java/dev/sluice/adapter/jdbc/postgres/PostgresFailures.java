package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.DiskFullException;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.StoreUnavailableException;
import java.sql.SQLException;
import java.util.List;

/// What the errors of PostgreSQL mean to callers. Its codes are those of appendix A of its manual.
final class PostgresFailures {

  private static final String DISK_FULL = "53100";
  private static final String READ_ONLY = "25006";

  /// Classes of errors that are about what was sent, so that sending it again cannot help.
  private static final String DATA = "22";

  private static final String CONSTRAINT = "23";

  /// Class of errors that are about what others did at the same time.
  private static final String CONFLICT = "40";

  /// Classes of errors after which there is no session: the connection broke, there are too many,
  /// the server stops or starts.
  private static final List<String> AWAY = List.of("08", "53300", "57P");

  private PostgresFailures() {}

  static PortException translate(SQLException failure) {
    return DISK_FULL.equals(failure.getSQLState())
        ? new DiskFullException(failure)
        : new StoreUnavailableException(
            "the database does not answer as it should: " + failure.getMessage(), failure);
  }

  /// Why there is no connection, in words that tell what to do. The driver only connects to a
  /// server that takes writes, and says so in the words of its own option.
  static String reasonOf(SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.contains("targetServerType")
        ? "it is read-only, perhaps a replica; the primary is needed (" + message + ")"
        : message;
  }

  /// Whether the database takes no writes: it is a replica, or somebody set it so.
  static boolean isReadOnly(SQLException failure) {
    return READ_ONLY.equals(failure.getSQLState());
  }

  /// Whether the database gave up because others changed the same rows; nothing was done.
  static boolean isConflict(PortException failure) {
    return stateOf(failure).startsWith(CONFLICT);
  }

  /// Whom a failure concerns. A statement that waited too long for a lock, or was cancelled, says
  /// nothing of the next one.
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
