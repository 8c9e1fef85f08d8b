package dev.sluice.adapter.jdbc.postgres.sql;

/// The statements on token buckets.
public final class RateBucketSql {

  /// Draws from many buckets; rows are locked in the order of their names, so that two draws cannot
  /// deadlock. A time that is earlier by less than a second comes from a draw that waited for
  /// another; a clock that was set back starts a new count. Parameters: time, and arrays of
  /// subscriptions, tokens per second, bursts and wanted tokens.
  public static final String DRAW =
      "with "
          + PostgresSql.CLOCK
          + """
          insert into rate_bucket as b (subscription, per_second, burst, tokens, drawn, filled_at)
          select subscription, per_second, burst,
                 least(burst, burst - least(wanted, burst)), least(wanted, burst), now
          from unnest(?, ?, ?, ?) as asked(subscription, per_second, burst, wanted), clock
          order by subscription collate "C"
          on conflict (subscription) do update
          set (per_second, burst, tokens, drawn, filled_at) = (
            select excluded.per_second, excluded.burst,
                   least(excluded.burst, greatest(0, level - taken)), taken,
                   case when excluded.filled_at < b.filled_at - 1000000000 then excluded.filled_at
                        else greatest(excluded.filled_at, b.filled_at) end
            from (select least(excluded.burst, b.tokens + excluded.per_second
                                 * greatest(0, excluded.filled_at - b.filled_at) / 1e9) as level) l,
                 lateral (select least(excluded.drawn, floor(level + 1e-6)) as taken) t)
          returning subscription, tokens, drawn
          """;

  /// Deletes buckets that have been full for a minute. Parameter: time.
  public static final String DELETE_FULL =
      "with "
          + PostgresSql.CLOCK
          + """
          delete from rate_bucket where subscription in (
            select subscription from rate_bucket, clock
            where filled_at + (burst - tokens) / per_second * 1e9 < now - 60000000000
            order by subscription limit 1000 for update of rate_bucket skip locked)
          """;

  /// Deletes one bucket. Parameter: subscription.
  public static final String FORGET = "delete from rate_bucket where subscription = ?";

  private RateBucketSql() {}
}
