package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.DatabaseAccess;
import dev.sluice.adapter.jdbc.Dialect;
import dev.sluice.adapter.jdbc.JdbcActivityLog;
import dev.sluice.adapter.jdbc.JdbcKeyStore;
import dev.sluice.adapter.jdbc.Query;
import dev.sluice.adapter.jdbc.Schema;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.domain.port.ActivityLog;
import dev.sluice.domain.port.KeyStore;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.StoreUnavailableException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.function.BiFunction;

/// Manages the keys in the file from a process other than the service's, also while the service
/// uses it.
///
/// Both take turns: each write is one short transaction, and the second one waits for the lock of
/// the file. Such a write cannot invalidate the service's writer cache, which is about events only.
final class KeyFile {

  private static final String TABLE_IS_THERE =
      "select count(*) from sqlite_master where type = 'table' and name = 'access_key'";

  private final SqliteSettings settings;
  private final Connections connections;
  private final String migrations;

  /// @param migrations their folder on the class path
  KeyFile(SqliteSettings settings, String migrations) {
    this.settings = settings;
    this.connections = new Connections(settings.file());
    this.migrations = migrations;
  }

  <T> T use(BiFunction<KeyStore, ActivityLog, T> use) throws SQLException, IOException {
    migrateWhenUnused();
    try (var statements = new Statements(connections.writer(), Dialect.SQLITE)) {
      // Copying the log is left to the service.
      statements.execute("pragma wal_autocheckpoint = 0");
      requireTable(statements);
      var connection = new OneConnection(statements);
      return use.apply(new JdbcKeyStore(connection), new JdbcActivityLog(connection));
    }
  }

  /// Migrates the tables, unless a service holds the data: it has migrated them.
  private void migrateWhenUnused() throws SQLException, IOException {
    PrivateFiles.makeDirectory(settings.directory());
    SqliteLibrary.load(settings.directory());
    try (DataLock lock = DataLock.tryOf(settings).orElse(null)) {
      if (lock != null) {
        PrivateFiles.make(settings.file());
        connections.prepare();
        Schema.migrate(connections.dataSource(), settings.file().toString(), migrations);
      }
    }
  }

  private static void requireTable(Statements statements) throws SQLException {
    try (var row = statements.of(TABLE_IS_THERE).executeQuery()) {
      row.next();
      if (row.getInt(1) == 0) {
        throw new PortException(
            "the Sluice that uses this data is older and has no keys: stop it and retry");
      }
    }
  }

  /// @param statements of the only connection
  private record OneConnection(Statements statements) implements DatabaseAccess {

    @Override
    public <T> T read(Query<T> query) {
      try {
        return query.run(statements);
      } catch (SQLException e) {
        throw new StoreUnavailableException("cannot read the keys: " + e.getMessage(), e);
      }
    }

    @Override
    public <T> T write(Query<T> query) {
      try {
        return inTransaction(query);
      } catch (SQLException e) {
        throw new StoreUnavailableException("cannot write the keys: " + e.getMessage(), e);
      }
    }

    private <T> T inTransaction(Query<T> query) throws SQLException {
      // Waits for the service's writer, which is quick, instead of failing half-way.
      statements.execute("begin immediate");
      boolean isDone = false;
      try {
        T result = query.run(statements);
        statements.execute("commit");
        isDone = true;
        return result;
      } finally {
        if (!isDone) {
          statements.execute("rollback");
        }
      }
    }
  }
}
