package dev.sluice.benchmark;

import java.sql.DriverManager;

/// Runs a query and prints its rows, a line each.
public final class Ask {

  private Ask() {}

  /// Arguments: the URL of a PostgreSQL, the query.
  public static void main(String[] arguments) throws Exception {
    try (var connection = DriverManager.getConnection(arguments[0]);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(arguments[1])) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        var line = new StringBuilder();
        for (int column = 1; column <= columns; column++) {
          line.append(column == 1 ? "" : " ").append(rows.getString(column));
        }
        System.out.println(line);
      }
    }
  }
}
