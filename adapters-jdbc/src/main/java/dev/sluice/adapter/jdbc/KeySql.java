package dev.sluice.adapter.jdbc;

/// SQL statements for API keys; both databases understand them.
final class KeySql {

  static final String ALL =
      """
      select id, owner, role, types, hides_payloads, secret_hash, created_at, expires_at,
             revoked_at, last_used_at
      from access_key order by created_at, id limit ?
      """;

  /// PostgreSQL only: other transactions may read meanwhile, but not add. SQLite has only one
  /// writer.
  static final String LOCK = "lock table access_key in share row exclusive mode";

  static final String COUNT_LIVE_OF_OWNER =
      """
      select count(*) from access_key
      where owner = ? and revoked_at is null and (expires_at is null or expires_at > ?)
      """;

  static final String COUNT_WITH_ID = "select count(*) from access_key where id = ?";

  static final String COUNT = "select count(*) from access_key";

  static final String DELETE_OLDEST_DEAD =
      """
      delete from access_key where id in (
        select id from access_key where revoked_at is not null or expires_at <= ?
        order by created_at, id limit 1)
      """;

  static final String INSERT =
      """
      insert into access_key (id, owner, role, types, hides_payloads, secret_hash, created_at,
                              expires_at, revoked_at, last_used_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  static final String REVOKE =
      "update access_key set revoked_at = coalesce(revoked_at, ?) where id = ?";

  static final String TOUCH =
      """
      update access_key set last_used_at = ?
      where id = ? and (last_used_at is null or last_used_at < ?)
      """;

  private KeySql() {}
}
