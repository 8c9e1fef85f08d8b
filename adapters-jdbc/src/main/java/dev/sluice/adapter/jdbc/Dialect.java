package dev.sluice.adapter.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/// What the two databases say differently. All statements that read are the same but for this.
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
  };

  /// A condition that takes one parameter: the column is one of its numbers.
  abstract String isOneOf(String column);

  /// What to add to a select whose rows nobody else may change before the transaction is over.
  abstract String lock();

  /// A condition that takes one parameter: the column holds its text, to the letter.
  abstract String holds(String column);

  /// Binds the parameter of [#isOneOf].
  abstract void bind(PreparedStatement statement, int index, List<Long> numbers)
      throws SQLException;
}
