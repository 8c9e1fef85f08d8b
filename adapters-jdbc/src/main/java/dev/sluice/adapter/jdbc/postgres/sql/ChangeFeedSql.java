package dev.sluice.adapter.jdbc.postgres.sql;

/// The SQL statements of [PostgresChangeFeed]. Each is one transaction.
public final class ChangeFeedSql {

  /// Registers that a node wants changes, and deletes registrations that expired an hour ago.
  /// Parameters: time, node, nanoseconds.
  public static final String WANT =
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

  /// Selects whether another node wants changes. Parameters: time, node.
  public static final String IS_WANTED =
      "with "
          + PostgresSql.CLOCK
          + """
          select exists (
            select from change_wish, clock where node <> ? and expires_at > clock.now limit 1
          )
          """;

  /// Adds a batch, and deletes old ones. Parameters: time, nanoseconds, node, number of missed
  /// changes, changes.
  ///
  /// The lock is held until the batch is visible: otherwise a batch with a lower sequence could
  /// become visible after readers have passed it.
  public static final String PUBLISH =
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

  /// Selects the sequence of the last batch.
  public static final String END =
      """
      select coalesce((select seq from change_feed order by seq desc limit 1), 0)
      """;

  /// Selects other nodes' batches. Parameters: sequence to read after, node, limit.
  public static final String READ =
      """
      select seq, node, missed, changes from change_feed
      where seq > ? and node <> ? order by seq limit ?
      """;

  private ChangeFeedSql() {}
}
