package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.DatabaseAccess;
import dev.sluice.adapter.jdbc.Dialect;
import dev.sluice.adapter.jdbc.Query;
import dev.sluice.adapter.jdbc.Schema;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.port.StoreUnavailableException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.function.Function;

/// Access to the file from a process other than the service's, also while the service uses it, for
/// commands that manage what operators store.
///
/// Both take turns: each write is one short transaction, and the second one waits for the lock of
/// the file. Such a write cannot invalidate the service's writer cache, which is about events only.
final class CommandAccess {

  /// What commands manage.
  enum Subject {
    KEYS("keys", "access_key"),
    SUBSCRIPTIONS("subscriptions", "subscription");

    private final String text;
    private final String table;

    Subject(String text, String table) {
      this.text = text;
      this.table = table;
    }
  }

  private final Subject subject;
  private final SqliteSettings settings;
  private final Connections connections;
  private final String migrations;

  /// @param migrations their folder on the class path
  CommandAccess(Subject subject, SqliteSettings settings, String migrations) {
    this.subject = subject;
    this.settings = settings;
    this.connections = new Connections(settings.file());
    this.migrations = migrations;
  }

  <T> T use(Function<DatabaseAccess, T> use) throws SQLException, IOException {
    migrateWhenUnused();
    try (var statements = new Statements(connections.writer(), Dialect.SQLITE)) {
      // Copying the log is left to the service.
      statements.execute("pragma wal_autocheckpoint = 0");
      requireTable(statements);
      return use.apply(new OneConnection(subject, statements));
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

  private void requireTable(Statements statements) throws SQLException {
    String isThere =
        "select count(*) from sqlite_master where type = 'table' and name = '%s'"
            .formatted(subject.table);
    try (var row = statements.of(isThere).executeQuery()) {
      row.next();
      if (row.getInt(1) == 0) {
        throw new PortException(
            "the running Sluice is an earlier version without "
                + subject.text
                + ": stop it and retry");
      }
    }
  }

  /// @param statements of the only connection
  private record OneConnection(Subject subject, Statements statements) implements DatabaseAccess {

    @Override
    public <T> T read(Query<T> query) {
      try {
        return query.run(statements);
      } catch (SQLException e) {
        throw new StoreUnavailableException(
            "cannot read the " + subject.text + ": " + e.getMessage(), e);
      }
    }

    @Override
    public <T> T write(Query<T> query) {
      try {
        return inTransaction(query);
      } catch (SQLException e) {
        throw new StoreUnavailableException(
            "cannot write the " + subject.text + ": " + e.getMessage(), e);
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
