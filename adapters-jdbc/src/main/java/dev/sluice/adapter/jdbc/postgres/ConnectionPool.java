package dev.sluice.adapter.jdbc.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sluice.adapter.jdbc.Dialect;
import dev.sluice.adapter.jdbc.Query;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.ThreadFactory;

/// A few connections to PostgreSQL. Every wait is limited: for a connection and for an answer.
final class ConnectionPool implements AutoCloseable {

  private static final long CONNECTION_TIMEOUT_MS = 3_000;
  private static final long KEEPALIVE_MS = 30_000;

  private final RetryingDataSource source;
  private final HikariDataSource connections;

  /// @param name for the log
  /// @param size most connections
  /// @param threads makes the threads that open and close connections
  ConnectionPool(Connections settings, String name, int size, ThreadFactory threads) {
    this.source = settings.retryingDataSource();
    var config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setExceptionOverride(new ReadOnlyEviction());
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
    config.setKeepaliveTime(KEEPALIVE_MS);
    config.setInitializationFailTimeout(-1);
    config.setThreadFactory(threads);
    settings.sessionSettings().ifPresent(config::setConnectionInitSql);
    this.connections = new HikariDataSource(config);
  }

  /// Runs one statement, as a transaction of its own.
  ///
  /// @throws StoreUnavailableException when the database fails to do it; the outcome is unknown
  <T> T one(Query<T> query) {
    try (Connection connection = connections.getConnection()) {
      return query.run(new Statements(connection, Dialect.POSTGRES));
    } catch (SQLException e) {
      throw translate(e);
    }
  }

  /// Runs several statements in a transaction.
  ///
  /// @throws StoreUnavailableException when the database fails to do it; the outcome is unknown
  <T> T all(Query<T> query) {
    // The pool rolls back uncommitted changes and resets the connection when it is returned.
    try (Connection connection = connections.getConnection()) {
      connection.setAutoCommit(false);
      T result = query.run(new Statements(connection, Dialect.POSTGRES));
      connection.commit();
      return result;
    } catch (SQLException e) {
      throw translate(e);
    }
  }

  /// Runs several statements in a transaction that does not see what others commit meanwhile, and
  /// fails when it would change what they changed.
  ///
  /// @throws StoreUnavailableException when the database fails to do it; the outcome is unknown
  <T> T onSnapshot(Query<T> query) {
    return all(
        statements -> {
          // Within the transaction: set on the connection it would apply to the session, which
          // behind a pooler may be another one than the transaction's.
          statements.execute("set transaction isolation level repeatable read");
          return query.run(statements);
        });
  }

  private PortException translate(SQLException failure) {
    return failure instanceof SQLTransientConnectionException
        ? new StoreUnavailableException(
            "no connection to the database: " + source.lastFailure().orElse(failure.getMessage()),
            failure)
        : PostgresFailures.translate(failure);
  }

  @Override
  public void close() {
    source.giveUp();
    connections.close();
  }
}
