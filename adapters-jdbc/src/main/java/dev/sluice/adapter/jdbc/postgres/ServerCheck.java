package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.domain.port.PortException;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// Checks before the start whether a server keeps its commits.
final class ServerCheck {

  private static final System.Logger LOG = System.getLogger(ServerCheck.class.getName());

  /// The oldest version that PostgreSQL still supported when this was written.
  private static final int OLDEST = 140_000;

  private ServerCheck() {}

  /// Checks the server.
  ///
  /// @throws PortException when events would not be safe with it
  static void of(Connections connections) throws SQLException {
    try (Connection connection = connections.open()) {
      requireVersion(connection);
      requireSync(connection);
      if (connections.sessionSettings().isEmpty()) {
        requireCommits(connection);
        warnWithoutLimits(connection);
      }
      warn(connection, "full_page_writes");
    }
  }

  private static void requireVersion(Connection connection) throws SQLException {
    if (Integer.parseInt(setting(connection, "server_version_num")) < OLDEST) {
      throw new PortException(
          "PostgreSQL "
              + setting(connection, "server_version")
              + " is too old: Sluice needs 14 or newer");
    }
  }

  private static void requireSync(Connection connection) throws SQLException {
    if (isOff(connection, "fsync")) {
      throw new PortException(
          "the database runs with fsync=off: it would lose events that Sluice has acknowledged;"
              + " set fsync=on in postgresql.conf");
    }
  }

  /// Refuses asynchronous commits. Called only behind a pooler: otherwise the node sets them
  /// itself.
  private static void requireCommits(Connection connection) throws SQLException {
    if (isOff(connection, "synchronous_commit")) {
      throw new PortException(
          "the database runs with synchronous_commit=off, and with DATABASE_NOTIFY=off the node"
              + " cannot set it: it would lose events that Sluice has acknowledged; run"
              + " alter role ... set synchronous_commit = on for the database's user");
    }
  }

  /// Warns of missing limits. Called only behind a pooler: otherwise the node sets them itself,
  /// later.
  private static void warnWithoutLimits(Connection connection) throws SQLException {
    for (String limit : List.of("statement_timeout", "idle_in_transaction_session_timeout")) {
      if (setting(connection, limit).equals("0")) {
        LOG.log(
            Level.WARNING,
            "the database's user has no "
                + limit
                + ", and with DATABASE_NOTIFY=off the node cannot set it: an abandoned statement"
                + " may hold locks for long; set it as docs/operations.md describes");
      }
    }
  }

  private static void warn(Connection connection, String setting) throws SQLException {
    if (isOff(connection, setting)) {
      LOG.log(
          Level.WARNING,
          "the database runs with "
              + setting
              + "=off: events that Sluice has acknowledged may be lost when its machine crashes");
    }
  }

  private static boolean isOff(Connection connection, String setting) throws SQLException {
    return setting(connection, setting).equals("off");
  }

  private static String setting(Connection connection, String name) throws SQLException {
    return ask(connection, "select current_setting('" + name + "')");
  }

  private static String ask(Connection connection, String question) throws SQLException {
    try (var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      row.next();
      return row.getString(1);
    }
  }
}
