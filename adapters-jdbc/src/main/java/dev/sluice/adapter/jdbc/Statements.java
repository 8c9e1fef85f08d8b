package dev.sluice.adapter.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// A connection with its prepared statements, each prepared once. Used by one thread.
public final class Statements implements AutoCloseable {

  private final Connection connection;
  private final Dialect dialect;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  public Statements(Connection connection, Dialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  /// Returns the SQL dialect of its database.
  Dialect dialect() {
    return dialect;
  }

  /// Returns the prepared statement with this text; it is closed with the connection, not by its
  /// user.
  ///
  /// @param sql one of a fixed number of texts
  public PreparedStatement of(String sql) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    return statement;
  }

  /// Runs a statement without parameters to its end; rows that it returns are discarded.
  public void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      // Unlike execute(), which stops at the first row.
      statement.executeUpdate(sql);
    }
  }

  /// Reads the first row of a query without parameters; the statement is not cached.
  public <T> T first(String sql, Row<T> read) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return read.from(row);
    }
  }

  /// Converts a row to a value.
  public interface Row<T> {
    T from(ResultSet row) throws SQLException;
  }

  /// Drops all prepared statements, which are prepared again on demand. Must be called after an
  /// error: the driver closes the statement that met it.
  public void prepareAnew() {
    for (PreparedStatement statement : prepared.values()) {
      try {
        statement.close();
      } catch (SQLException e) {
        // It repeats the error of the statement, which is known.
      }
    }
    prepared.clear();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
