package dev.sluice.adapter.jdbc.schedule;

import dev.sluice.adapter.jdbc.EpochNanos;
import dev.sluice.domain.schedule.ScheduleProgress;
import dev.sluice.domain.subscription.SubscriptionChange;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import dev.sluice.format.schedule.StoredSchedule;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Rows of schedules.
final class ScheduleRows {

  private ScheduleRows() {}

  /// Returns the rows that a statement selects.
  static List<StoredSchedule> select(PreparedStatement select) throws SQLException {
    List<StoredSchedule> rows = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        rows.add(read(row));
      }
    }
    return rows;
  }

  private static StoredSchedule read(ResultSet row) throws SQLException {
    long tick = row.getLong("last_tick");
    Optional<Instant> lastTick =
        row.wasNull() ? Optional.empty() : Optional.of(EpochNanos.toInstant(tick));
    return new StoredSchedule(
        row.getString("name"),
        row.getLong("version"),
        row.getString("definition"),
        row.getString("changed_by"),
        EpochNanos.toInstant(row.getLong("changed_at")),
        new ScheduleProgress(EpochNanos.toInstant(row.getLong("handled_until")), lastTick));
  }

  /// Binds the columns of a schedule but for its last tick.
  static void bind(PreparedStatement put, StoredSchedule schedule) throws SQLException {
    put.setString(1, schedule.name());
    put.setLong(2, schedule.version());
    put.setString(3, schedule.definition());
    put.setString(4, schedule.changedBy());
    put.setLong(5, EpochNanos.of(schedule.changedAt()));
    put.setLong(6, EpochNanos.of(schedule.progress().handledUntil()));
  }

  /// Returns whether what is stored may be replaced.
  static boolean allows(Expected expected, Optional<StoredSchedule> stored) {
    return SubscriptionChange.allows(
        expected, stored.map(one -> OptionalLong.of(one.version())).orElse(OptionalLong.empty()));
  }
}
