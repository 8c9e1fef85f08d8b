package dev.sluice.adapter.jdbc.schedule;

import dev.sluice.adapter.jdbc.DatabaseAccess;
import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.adapter.jdbc.Statements;
import dev.sluice.domain.schedule.Schedule;
import dev.sluice.domain.schedule.ScheduleChange;
import dev.sluice.domain.schedule.ScheduleChangeResult;
import dev.sluice.domain.schedule.ScheduleName;
import dev.sluice.domain.schedule.ScheduleProgress;
import dev.sluice.domain.schedule.ScheduleStore;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import dev.sluice.format.schedule.ScheduleDecoder;
import dev.sluice.format.schedule.StoredSchedule;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;

/// Stores schedules in either database.
public final class JdbcScheduleStore implements ScheduleStore {

  private final DatabaseAccess database;
  private final ScheduleDecoder decoder = new ScheduleDecoder();

  public JdbcScheduleStore(DatabaseAccess database) {
    this.database = database;
  }

  @Override
  public long version() {
    return database.read(statements -> number(statements, ScheduleSql.VERSION));
  }

  @Override
  public List<Schedule> all() {
    List<StoredSchedule> rows =
        database.read(
            statements -> {
              PreparedStatement select = statements.of(ScheduleSql.ALL);
              select.setInt(1, MAX_SCHEDULES);
              return ScheduleRows.select(select);
            });
    return decoder.decodeAll(rows);
  }

  @Override
  public Optional<Schedule> find(ScheduleName name) {
    return database.read(statements -> row(statements, name)).flatMap(decoder::decode);
  }

  private static Optional<StoredSchedule> row(Statements statements, ScheduleName name)
      throws SQLException {
    PreparedStatement select = statements.of(ScheduleSql.FIND);
    select.setString(1, name.value());
    return ScheduleRows.select(select).stream().findFirst();
  }

  @Override
  public ScheduleChangeResult put(ScheduleChange change) {
    return database.write(statements -> put(statements, change));
  }

  private ScheduleChangeResult put(Statements statements, ScheduleChange change)
      throws SQLException {
    statements.of(ScheduleSql.LOCK).executeUpdate();
    Optional<StoredSchedule> stored = row(statements, change.name());
    if (!ScheduleRows.allows(change.expected(), stored)) {
      return new ScheduleChangeResult.Conflict(stored.flatMap(decoder::decode));
    }
    if (stored.isEmpty() && number(statements, ScheduleSql.COUNT) >= MAX_SCHEDULES) {
      return new ScheduleChangeResult.Full();
    }
    Schedule changed =
        change.at(moveVersion(statements), ScheduleProgress.startingAt(change.handledUntil()));
    PreparedStatement put = statements.of(ScheduleSql.PUT);
    ScheduleRows.bind(put, StoredSchedule.of(changed));
    put.executeUpdate();
    return new ScheduleChangeResult.Stored(
        changed.with(row(statements, change.name()).orElseThrow().progress()));
  }

  private static long moveVersion(Statements statements) throws SQLException {
    long version = number(statements, ScheduleSql.VERSION) + 1;
    PreparedStatement move = statements.of(ScheduleSql.MOVE_VERSION);
    move.setLong(1, version);
    move.executeUpdate();
    return version;
  }

  @Override
  public ScheduleChangeResult delete(ScheduleName name, Expected expected) {
    return database.write(statements -> delete(statements, name, expected));
  }

  private ScheduleChangeResult delete(Statements statements, ScheduleName name, Expected expected)
      throws SQLException {
    statements.of(ScheduleSql.LOCK).executeUpdate();
    Optional<StoredSchedule> stored = row(statements, name);
    if (stored.isEmpty() || !ScheduleRows.allows(expected, stored)) {
      return new ScheduleChangeResult.Conflict(stored.flatMap(decoder::decode));
    }
    var _ = moveVersion(statements);
    PreparedStatement delete = statements.of(ScheduleSql.DELETE);
    delete.setString(1, name.value());
    delete.executeUpdate();
    return new ScheduleChangeResult.Deleted();
  }

  @Override
  public boolean advance(Schedule known, ScheduleProgress to) {
    int advanced =
        database.write(
            statements -> {
              PreparedStatement advance = statements.of(ScheduleSql.ADVANCE);
              advance.setLong(1, EpochNanos.of(to.handledUntil()));
              if (to.lastTick().isPresent()) {
                advance.setLong(2, EpochNanos.of(to.lastTick().get()));
              } else {
                advance.setNull(2, Types.BIGINT);
              }
              advance.setString(3, known.name().value());
              advance.setLong(4, known.version());
              advance.setLong(5, EpochNanos.of(known.progress().handledUntil()));
              return advance.executeUpdate();
            });
    return advanced > 0;
  }

  private static long number(Statements statements, String sql) throws SQLException {
    try (ResultSet row = statements.of(sql).executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }
}
