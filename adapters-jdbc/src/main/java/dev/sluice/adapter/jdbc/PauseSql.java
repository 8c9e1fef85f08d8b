package dev.sluice.adapter.jdbc;

/// SQL statements for pauses; both databases understand them.
final class PauseSql {

  static final String PUT =
      """
      insert into pause (scope, reason, paused_by, paused_at, until_at) values (?, ?, ?, ?, ?)
      on conflict (scope) do update
      set reason = excluded.reason, paused_by = excluded.paused_by,
          paused_at = excluded.paused_at, until_at = excluded.until_at
      """;

  static final String REMOVE = "delete from pause where scope = ?";

  static final String ALL =
      "select scope, reason, paused_by, paused_at, until_at from pause limit 10000";

  private PauseSql() {}
}
