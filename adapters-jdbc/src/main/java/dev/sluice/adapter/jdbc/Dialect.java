package dev.sluice.adapter.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/// The SQL that differs between the two databases. All other statements that read are the same.
public enum Dialect {
  SQLITE {
    @Override
    String isOneOf(String column) {
      return column + " in (select value from json_each(?))";
    }

    @Override
    String lock() {
      // Only one transaction writes at a time.
      return "";
    }

    @Override
    String holds(String column) {
      return "instr(" + column + ", ?) > 0";
    }

    @Override
    void bind(PreparedStatement statement, int index, List<Long> numbers) throws SQLException {
      String json =
          numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
      statement.setString(index, json);
    }

    @Override
    void bindNames(PreparedStatement statement, int index, List<String> names) throws SQLException {
      // No name contains what JSON escapes.
      statement.setString(index, names.stream().collect(Collectors.joining("\",\"", "[\"", "\"]")));
    }

    @Override
    void queue(PreparedStatement statement) throws SQLException {
      // Not in a batch: its exception would hide the error code, such as that of a full disk.
      statement.executeUpdate();
    }

    @Override
    void runQueued(PreparedStatement statement) {}
  },

  POSTGRES {
    @Override
    String isOneOf(String column) {
      return column + " = any(?)";
    }

    @Override
    String lock() {
      return " for update";
    }

    @Override
    String holds(String column) {
      return "strpos(" + column + ", ?) > 0";
    }

    @Override
    void bind(PreparedStatement statement, int index, List<Long> numbers) throws SQLException {

      statement.setArray(
          index, statement.getConnection().createArrayOf("bigint", numbers.toArray()));
    }

    @Override
    void bindNames(PreparedStatement statement, int index, List<String> names) throws SQLException {
      statement.setArray(index, statement.getConnection().createArrayOf("text", names.toArray()));
    }

    @Override
    void queue(PreparedStatement statement) throws SQLException {
      statement.addBatch();
    }

    @Override
    void runQueued(PreparedStatement statement) throws SQLException {
      statement.executeBatch();
    }
  };

  /// Returns a condition with one parameter: the column is one of its numbers or names.
  abstract String isOneOf(String column);

  /// Returns the suffix of a select that locks its rows until the transaction ends.
  abstract String lock();

  /// Returns a condition with one parameter: the column contains its text exactly.
  abstract String holds(String column);

  /// Binds the parameter of [#isOneOf] to numbers.
  abstract void bind(PreparedStatement statement, int index, List<Long> numbers)
      throws SQLException;

  /// Binds the parameter of [#isOneOf] to names of subscriptions, at least one.
  abstract void bindNames(PreparedStatement statement, int index, List<String> names)
      throws SQLException;

  /// Runs a statement that changes rows, with the bound parameters: at once, or with [#runQueued],
  /// so that many take one round trip.
  abstract void queue(PreparedStatement statement) throws SQLException;

  /// Runs what was queued on this statement.
  abstract void runQueued(PreparedStatement statement) throws SQLException;
}
