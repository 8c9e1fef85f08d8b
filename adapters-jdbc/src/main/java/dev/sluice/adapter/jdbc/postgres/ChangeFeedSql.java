package dev.sluice.adapter.jdbc.postgres;

/// The statements of [PostgresChangeFeed]. Each is one transaction.
final class ChangeFeedSql {

  /// Says that a node wants changes, and forgets the wishes that are over. Parameters: time, node,
  /// nanoseconds.
  static final String WANT =
      "with "
          + PostgresSql.CLOCK
          + """
          , gone as (
            delete from change_wish using clock where expires_at <= clock.now - 3600000000000
          )
          insert into change_wish (node, expires_at)
          select ?, clock.now + ?::bigint from clock
          on conflict (node) do update set expires_at = excluded.expires_at
          """;

  /// Whether another node wants changes. Parameters: time, node.
  static final String IS_WANTED =
      "with "
          + PostgresSql.CLOCK
          + """
          select exists (
            select from change_wish, clock where node <> ? and expires_at > clock.now limit 1
          )
          """;

  /// Adds a batch, and forgets old ones. Parameters: time, nanoseconds, node, changes that were
  /// missed, changes.
  ///
  /// The lock is held until the batch is there to be read: else a batch with a lower number could
  /// come to light when readers have passed it.
  static final String PUBLISH =
      "with "
          + PostgresSql.CLOCK
          + """
          , in_turn as materialized (select pg_advisory_xact_lock(7305481900271)),
          gone as (
            delete from change_feed f using clock
            where f.seq in (select seq from change_feed order by seq limit 1000)
              and f.published_at <= clock.now - ?::bigint
          )
          insert into change_feed (published_at, node, missed, changes)
          select clock.now, ?, ?, ? from in_turn, clock
          """;

  /// The number of the last batch.
  static final String END =
      """
      select coalesce((select seq from change_feed order by seq desc limit 1), 0)
      """;

  /// Other nodes' batches. Parameters: number to read after, node, how many.
  static final String READ =
      """
      select seq, node, missed, changes from change_feed
      where seq > ? and node <> ? order by seq limit ?
      """;

  private ChangeFeedSql() {}
}
