package dev.sluice.adapter.jdbc;

/// SQL statements for the activity log; both databases understand them.
final class ActivitySql {

  static final String INSERT =
      """
      insert into activity (number, at, actor, key_id, role, address, action, target, detail, result,
                            request_id, previous, hash)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  static final String NEWEST =
      "select * from activity where number < ? order by number desc limit ?";

  static final String FROM = "select * from activity where number >= ? order by number limit ?";

  static final String BOUNDS =
      """
      select last_number, last_hash, forgotten_number, forgotten_hash from activity_chain where id = 1
      """;

  static final String MOVE_END =
      "update activity_chain set last_number = ?, last_hash = ? where id = 1";

  static final String MOVE_BEGINNING =
      "update activity_chain set forgotten_number = ?, forgotten_hash = ? where id = 1";

  static final String FORGET = "delete from activity where number <= ?";

  private ActivitySql() {}
}
