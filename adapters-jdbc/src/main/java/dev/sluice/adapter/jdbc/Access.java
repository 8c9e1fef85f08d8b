package dev.sluice.adapter.jdbc;

/// Reads and writes one database or the other, for what is the same in both.
interface Access {

  /// Runs statements that change nothing.
  <T> T read(Query<T> query);

  /// Runs statements in one transaction; durable when this returns.
  <T> T write(Query<T> query);

  static Access to(SqliteDatabase database) {
    return new Access() {
      @Override
      public <T> T read(Query<T> query) {
        return database.read(query);
      }

      @Override
      public <T> T write(Query<T> query) {
        return database.write(() -> query.run(database.writing()));
      }
    };
  }

  static Access to(PostgresPool pool) {
    return new Access() {
      @Override
      public <T> T read(Query<T> query) {
        return pool.onSnapshot(query);
      }

      @Override
      public <T> T write(Query<T> query) {
        return pool.all(query);
      }
    };
  }
}
