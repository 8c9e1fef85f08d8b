package dev.sluice.adapter.jdbc;

import dev.sluice.domain.access.ApiKey;
import dev.sluice.domain.port.KeyStore;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Stores API keys in a table.
public final class JdbcKeyStore implements KeyStore {

  private final DatabaseAccess database;

  public JdbcKeyStore(DatabaseAccess database) {
    this.database = database;
  }

  @Override
  public List<ApiKey> all() {
    return database.read(
        statements -> {
          PreparedStatement select = statements.of(KeySql.ALL);
          select.setInt(1, MOST_KEYS);
          var keys = new ArrayList<ApiKey>();
          try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
              keys.add(KeyRows.read(row));
            }
          }
          return List.copyOf(keys);
        });
  }

  @Override
  public Addition add(ApiKey key) {
    return database.write(statements -> add(statements, key));
  }

  private static Addition add(Statements statements, ApiKey key) throws SQLException {
    if (statements.dialect() == Dialect.POSTGRES) {
      statements.execute(KeySql.LOCK);
    }
    long now = EpochNanos.of(key.createdAt());
    if (liveKeys(statements, key.owner(), now) >= MOST_LIVE_PER_OWNER) {
      return Addition.OWNER_HAS_ENOUGH;
    }
    if (isTaken(statements, key.id())) {
      return Addition.ID_TAKEN;
    }
    if (number(statements.of(KeySql.COUNT)) >= MOST_KEYS && !deleteOldestDead(statements, now)) {
      return Addition.FULL;
    }
    insert(statements, key);
    return Addition.ADDED;
  }

  private static long liveKeys(Statements statements, String owner, long now) throws SQLException {
    PreparedStatement ofOwner = statements.of(KeySql.COUNT_LIVE_OF_OWNER);
    ofOwner.setString(1, owner);
    ofOwner.setLong(2, now);
    return number(ofOwner);
  }

  private static boolean isTaken(Statements statements, String id) throws SQLException {
    PreparedStatement withId = statements.of(KeySql.COUNT_WITH_ID);
    withId.setString(1, id);
    return number(withId) > 0;
  }

  private static boolean deleteOldestDead(Statements statements, long now) throws SQLException {
    PreparedStatement delete = statements.of(KeySql.DELETE_OLDEST_DEAD);
    delete.setLong(1, now);
    return delete.executeUpdate() > 0;
  }

  private static void insert(Statements statements, ApiKey key) throws SQLException {
    PreparedStatement insert = statements.of(KeySql.INSERT);
    KeyRows.bind(insert, key);
    insert.executeUpdate();
  }

  private static long number(PreparedStatement query) throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public boolean revoke(String id, Instant at) {
    return database.write(
        statements -> {
          PreparedStatement update = statements.of(KeySql.REVOKE);
          update.setLong(1, EpochNanos.of(at));
          update.setString(2, id);
          return update.executeUpdate() > 0;
        });
  }

  @Override
  public void touch(Map<String, Instant> lastUses) {
    if (lastUses.isEmpty()) {
      return;
    }
    database.write(statements -> touch(statements, lastUses));
  }

  private static int touch(Statements statements, Map<String, Instant> lastUses)
      throws SQLException {
    PreparedStatement update = statements.of(KeySql.TOUCH);
    // In the order of the ids, so that two nodes cannot deadlock.
    for (Map.Entry<String, Instant> use : new TreeMap<>(lastUses).entrySet()) {
      long at = EpochNanos.of(use.getValue());
      update.setLong(1, at);
      update.setString(2, use.getKey());
      update.setLong(3, at);
      update.executeUpdate();
    }
    return lastUses.size();
  }
}
