package dev.sluice.adapter.jdbc.sqlite;

import dev.sluice.adapter.jdbc.DatabaseAccess;
import dev.sluice.adapter.jdbc.Query;

/// Access to an open SQLite database.
///
/// @param isQuick whether reads are short and must not wait behind long ones
record SqliteAccess(SqliteDatabase database, boolean isQuick) implements DatabaseAccess {

  static SqliteAccess to(SqliteDatabase database) {
    return new SqliteAccess(database, false);
  }

  /// Returns access for short reads, which must not wait behind long ones.
  static SqliteAccess quicklyTo(SqliteDatabase database) {
    return new SqliteAccess(database, true);
  }

  @Override
  public <T> T read(Query<T> query) {
    return isQuick ? database.readQuickly(query) : database.read(query);
  }

  @Override
  public <T> T write(Query<T> query) {
    return database.write(query);
  }
}
