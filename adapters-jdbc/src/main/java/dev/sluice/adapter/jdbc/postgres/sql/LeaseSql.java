package dev.sluice.adapter.jdbc.postgres.sql;

import static dev.sluice.adapter.jdbc.postgres.sql.PostgresSql.CLOCK;

/// SQL statements on leases.
public final class LeaseSql {

  /// Finds the leases that are still those of `given`.
  static final String HELD =
      """
      where l.seq = any(array(select seq from given))
        and ((l.seq, l.subscription, l.started, l.worker, l.claimed_at)
             in (select t.seq, t.subscription, t.attempt, t.holder, t.since from given t)) is true
      """;

  /// Extends leases, and selects which. Parameters: time; arrays of sequences, subscriptions,
  /// attempts, workers, times of claims; nanoseconds.
  public static final String EXTEND =
      "with "
          + CLOCK
          + """
          , given as materialized (
            select * from unnest(?::bigint[], ?::text[], ?::int[], ?::text[], ?::bigint[])
                 as t(seq, subscription, attempt, holder, since)
          )
          update leased l set lease_until = clock.now + ? from clock
          """
          + HELD
          + "returning l.seq, l.subscription, l.started, l.worker, l.claimed_at";

  /// Selects expired leases and locks them. Parameters: time, most deliveries, most bytes of events
  /// (without the last one).
  public static final String EXPIRED =
      "with "
          + CLOCK
          + """
          , due as materialized (
            select l.ctid as place, l.bytes, l.lease_until, l.seq from leased l
            where l.lease_until <= (select now from clock)
            order by l.lease_until limit ? for update of l skip locked
          ),
          wanted as (
            select place from (
              select place, sum(bytes) over (order by lease_until, seq) - bytes as before from due
            ) d where before < ?
          ),
          held as materialized (
            select * from leased where ctid = any(array(select place from wanted))
          )
          select l.seq, l.subscription, l.started, l.spent, l.worker, l.claimed_at, l.lease_until,
                 l.failure_kind, e.id, e.type, e.occurred_at, e.received_at, e.attributes, e.payload, e.checksum
          from held l left join lateral (
            select id, type, occurred_at, received_at, attributes, payload, checksum from event
            where seq = l.seq offset 0) e on true
          order by l.lease_until, l.seq
          """;

  private LeaseSql() {}
}
