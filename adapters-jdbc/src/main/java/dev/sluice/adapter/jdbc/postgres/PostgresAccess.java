package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.DatabaseAccess;
import dev.sluice.adapter.jdbc.Query;

/// Access to PostgreSQL, for reads and writes.
record PostgresAccess(ConnectionPool readers, ConnectionPool writers) implements DatabaseAccess {

  static PostgresAccess to(ConnectionPool pool) {
    return new PostgresAccess(pool, pool);
  }

  @Override
  public <T> T read(Query<T> query) {
    return readers.one(query);
  }

  @Override
  public <T> T write(Query<T> query) {
    return writers.all(query);
  }
}
