package dev.sluice.adapter.jdbc.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/// Connects for migrations behind a pooler. A setting of a session would remain there for its next
/// user, so each transaction has limits of its own instead of the user's: a migration takes any
/// time, and so does the transaction that keeps other nodes from migrating meanwhile.
final class MigrationDataSource extends PGSimpleDataSource {

  private static final long serialVersionUID = 1;

  private static final String LIMITS =
      """
      set local statement_timeout = 0;
      set local idle_in_transaction_session_timeout = 0;
      set local lock_timeout = '1s'
      """;

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = super.getConnection();
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> call(connection, method, arguments));
  }

  private static Object call(Connection connection, Method method, Object[] arguments)
      throws Throwable {
    boolean isBegin =
        method.getName().equals("setAutoCommit")
            && arguments[0].equals(false)
            && connection.getAutoCommit();
    try {
      Object result = method.invoke(connection, arguments);
      if (isBegin) {
        setLimits(connection);
      }
      return result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void setLimits(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(LIMITS);
    }
  }
}
