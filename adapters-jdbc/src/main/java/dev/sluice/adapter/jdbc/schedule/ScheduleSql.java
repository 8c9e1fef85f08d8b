package dev.sluice.adapter.jdbc.schedule;

/// SQL statements for schedules; both databases understand them.
final class ScheduleSql {

  private static final String COLUMNS =
      "name, version, definition, changed_by, changed_at, handled_until, last_tick";

  static final String VERSION = "select version from schedule_set where id = 1";

  /// Changes nothing: transactions that change schedules take turns.
  static final String LOCK = "update schedule_set set version = version where id = 1";

  static final String MOVE_VERSION = "update schedule_set set version = ? where id = 1";

  static final String ALL = "select %s from schedule order by name limit ?".formatted(COLUMNS);

  static final String FIND = "select %s from schedule where name = ? limit 1".formatted(COLUMNS);

  static final String COUNT = "select count(*) from schedule";

  /// Nodes move the progress without the lock, so it is compared here and not before.
  static final String PUT =
      """
      insert into schedule (name, version, definition, changed_by, changed_at, handled_until)
      values (?, ?, ?, ?, ?, ?)
      on conflict (name) do update
      set version = excluded.version, definition = excluded.definition,
          changed_by = excluded.changed_by, changed_at = excluded.changed_at,
          handled_until = case when schedule.handled_until < excluded.handled_until
                               then excluded.handled_until else schedule.handled_until end
      """;

  static final String DELETE = "delete from schedule where name = ?";

  static final String ADVANCE =
      """
      update schedule set handled_until = ?, last_tick = ?
      where name = ? and version = ? and handled_until = ?
      """;

  private ScheduleSql() {}
}
