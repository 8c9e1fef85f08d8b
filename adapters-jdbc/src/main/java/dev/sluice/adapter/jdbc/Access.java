package dev.sluice.adapter.jdbc;

/// Reads and writes one database or the other, for what is the same in both.
interface Access {

  /// Runs one statement that changes nothing.
  <T> T read(Query<T> query);

  /// Runs statements in one transaction; durable when this returns.
  <T> T write(Query<T> query);

  static Access to(SqliteDatabase database) {
    return new Sqlite(database, false);
  }

  /// The same for what is read in no time, and must not wait behind what takes longer.
  static Access quicklyTo(SqliteDatabase database) {
    return new Sqlite(database, true);
  }

  static Access to(PostgresPool pool) {
    return new Postgres(pool, pool);
  }

  /// The same where readers are callers, and who writes keeps the node going.
  static Access to(PostgresPool readers, PostgresPool writers) {
    return new Postgres(readers, writers);
  }

  /// An open SQLite.
  record Sqlite(SqliteDatabase database, boolean isQuick) implements Access {
    @Override
    public <T> T read(Query<T> query) {
      return isQuick ? database.readQuickly(query) : database.read(query);
    }

    @Override
    public <T> T write(Query<T> query) {
      return database.write(() -> query.run(database.writing()));
    }
  }

  /// Connections to PostgreSQL.
  record Postgres(PostgresPool readers, PostgresPool writers) implements Access {
    @Override
    public <T> T read(Query<T> query) {
      return readers.one(query);
    }

    @Override
    public <T> T write(Query<T> query) {
      return writers.all(query);
    }
  }
}
