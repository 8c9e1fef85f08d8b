package dev.sluice.adapter.jdbc;

/// Reads and writes a database, for stores that are the same on SQLite and PostgreSQL.
public interface DatabaseAccess {

  /// Runs one statement that only reads.
  <T> T read(Query<T> query);

  /// Runs statements in one transaction, which is durable on return.
  <T> T write(Query<T> query);
}
