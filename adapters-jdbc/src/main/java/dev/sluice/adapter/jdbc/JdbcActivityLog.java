package dev.sluice.adapter.jdbc;

import dev.sluice.domain.port.ActivityEntry;
import dev.sluice.domain.port.ActivityEntry.Actor;
import dev.sluice.domain.port.ActivityEntry.Link;
import dev.sluice.domain.port.ActivityEntry.Operation;
import dev.sluice.domain.port.ActivityLog;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.port.Page;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The activity log, in either database. An append locks the row that holds the end of the chain.
public final class JdbcActivityLog implements ActivityLog {

  private final DatabaseAccess database;

  public JdbcActivityLog(DatabaseAccess database) {
    this.database = database;
  }

  @Override
  public ActivityEntry append(Function<Link, ActivityEntry> next) {
    return database.write(
        statements -> {
          Bounds bounds = bounds(statements, statements.dialect().lock());
          ActivityEntry entry = next.apply(bounds.last());
          insert(statements, entry);
          PreparedStatement move = statements.of(ActivitySql.MOVE_END);
          move.setLong(1, entry.number());
          move.setString(2, entry.hash());
          move.executeUpdate();
          return entry;
        });
  }

  private static void insert(Statements statements, ActivityEntry entry) throws SQLException {
    PreparedStatement insert = statements.of(ActivitySql.INSERT);
    insert.setLong(1, entry.number());
    insert.setLong(2, EpochNanos.of(entry.at()));
    insert.setString(3, entry.actor().name());
    insert.setString(4, entry.actor().keyId());
    insert.setString(5, entry.actor().role());
    insert.setString(6, entry.actor().address());
    insert.setString(7, entry.operation().action());
    insert.setString(8, entry.operation().target());
    insert.setString(9, entry.operation().detail());
    insert.setString(10, entry.operation().result());
    insert.setString(11, entry.operation().requestId());
    insert.setString(12, entry.previousHash());
    insert.setString(13, entry.hash());
    insert.executeUpdate();
  }

  @Override
  public Page<ActivityEntry> newest(Cursor after, int limit) {
    List<ActivityEntry> found =
        database.read(
            statements -> entries(statements, ActivitySql.NEWEST, after.position(), limit + 1));
    boolean hasMore = found.size() > limit;
    List<ActivityEntry> page = hasMore ? found.subList(0, limit) : found;
    return new Page<>(page, hasMore ? new Cursor(page.getLast().number()) : Cursor.END);
  }

  @Override
  public List<ActivityEntry> from(long number, int limit) {
    return database.read(statements -> entries(statements, ActivitySql.FROM, number, limit));
  }

  @Override
  public Bounds bounds() {
    return database.read(statements -> bounds(statements, ""));
  }

  @Override
  public int purge(Instant before, long keepMost, int limit) {
    return database.write(
        statements -> {
          Bounds bounds = bounds(statements, statements.dialect().lock());
          List<ActivityEntry> old =
              entries(statements, ActivitySql.FROM, bounds.forgotten().number() + 1, limit).stream()
                  .filter(entry -> entry.number() < bounds.last().number())
                  .takeWhile(
                      entry ->
                          entry.at().isBefore(before)
                              || entry.number() <= bounds.last().number() - keepMost)
                  .toList();
          if (!old.isEmpty()) {
            forget(statements, old.getLast());
          }
          return old.size();
        });
  }

  private static void forget(Statements statements, ActivityEntry last) throws SQLException {
    PreparedStatement delete = statements.of(ActivitySql.FORGET);
    delete.setLong(1, last.number());
    delete.executeUpdate();
    PreparedStatement move = statements.of(ActivitySql.MOVE_BEGINNING);
    move.setLong(1, last.number());
    move.setString(2, last.hash());
    move.executeUpdate();
  }

  private static Bounds bounds(Statements statements, String lock) throws SQLException {
    try (ResultSet row = statements.of(ActivitySql.BOUNDS + lock).executeQuery()) {
      row.next();
      return new Bounds(
          new Link(row.getLong("forgotten_number"), row.getString("forgotten_hash")),
          new Link(row.getLong("last_number"), row.getString("last_hash")));
    }
  }

  private static List<ActivityEntry> entries(
      Statements statements, String sql, long number, int limit) throws SQLException {
    PreparedStatement select = statements.of(sql);
    select.setLong(1, number);
    select.setInt(2, limit);
    var entries = new ArrayList<ActivityEntry>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        entries.add(entry(row));
      }
    }
    return entries;
  }

  private static ActivityEntry entry(ResultSet row) throws SQLException {
    return new ActivityEntry(
        row.getLong("number"),
        EpochNanos.toInstant(row.getLong("at")),
        new Actor(
            row.getString("actor"),
            row.getString("key_id"),
            row.getString("role"),
            row.getString("address")),
        new Operation(
            row.getString("action"),
            row.getString("target"),
            row.getString("detail"),
            row.getString("result"),
            row.getString("request_id")),
        row.getString("previous"),
        row.getString("hash"));
  }
}
