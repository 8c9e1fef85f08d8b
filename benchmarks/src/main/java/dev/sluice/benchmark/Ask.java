package dev.sluice.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Runs a query and prints its rows, one line each.
public final class Ask {

  private Ask() {}

  /// Connects to a [DatabaseServer].
  static Connection connect(String url) throws SQLException {
    return DriverManager.getConnection(
        url.replaceFirst(
            "^postgresql://(\\w+):(\\w+)@(.*)$", "jdbc:postgresql://$3?user=$1&password=$2"));
  }

  /// Arguments: the URL of a [DatabaseServer], the query.
  public static void main(String[] arguments) throws Exception {
    try (var connection = connect(arguments[0]);
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
