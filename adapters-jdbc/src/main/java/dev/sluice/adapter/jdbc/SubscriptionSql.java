package dev.sluice.adapter.jdbc;

/// SQL statements for subscriptions; both databases understand them.
final class SubscriptionSql {

  private static final String COLUMNS =
      "v.name, v.version, v.lifecycle, v.origin, v.definition, v.changed_by, v.changed_at";

  /// Followed by [Dialect#lock] in a transaction that changes subscriptions.
  static final String VERSION = "select version from subscription_set where id = 1";

  /// One statement, so that version and rows are of one moment. Without subscriptions, it returns
  /// one row that has only the version of the set.
  static final String ALL =
      """
      select s.version as set_version, %s
      from subscription_set s
      left join subscription c on c.lifecycle <> 'deleted'
      left join subscription_version v on v.name = c.name and v.version = c.version
      where s.id = 1 order by c.name limit ?
      """
          .formatted(COLUMNS);

  /// Like [#ALL].
  static final String CHANGED_SINCE =
      """
      select s.version as set_version, %s
      from subscription_set s
      left join subscription c on c.version > ?
      left join subscription_version v on v.name = c.name and v.version = c.version
      where s.id = 1 limit ?
      """
          .formatted(COLUMNS);

  static final String VERSIONS =
      "select %s from subscription_version v where v.name = ? order by v.version desc limit ?"
          .formatted(COLUMNS);

  /// Followed by [Dialect#isOneOf].
  static final String CURRENT = "select name, version, lifecycle from subscription where ";

  static final String COUNT = "select count(*) from subscription where lifecycle <> 'deleted'";

  static final String MOVE_VERSION = "update subscription_set set version = ? where id = 1";

  static final String INSERT_VERSION =
      """
      insert into subscription_version (name, version, lifecycle, origin, definition, changed_by,
                                        changed_at)
      values (?, ?, ?, ?, ?, ?, ?)
      """;

  static final String PUT_CURRENT =
      """
      insert into subscription (name, version, lifecycle) values (?, ?, ?)
      on conflict (name) do update set version = excluded.version, lifecycle = excluded.lifecycle
      """;

  static final String DELETE_OLDEST =
      """
      delete from subscription_version where name = ? and version <= (
        select version from subscription_version where name = ?
        order by version desc limit 1 offset ?)
      """;

  private SubscriptionSql() {}
}
