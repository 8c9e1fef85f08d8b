package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.adapter.jdbc.ParkedRows;

/// PostgreSQL's statements for parked deliveries. The number in them is
/// [dev.sluice.adapter.jdbc.DueTime#PARKED].
final class ParkedSql {

  /// Leases due deliveries, and parks those of some subscriptions. Parameters: time, subscriptions,
  /// earliest due time, most to search, most to lease, most bytes of events (without the last one),
  /// worker, nanoseconds. There is always a row: with how many were searched, since when the first
  /// of them is due, and how many were parked.
  static final String CLAIM =
      "with "
          + PostgresSql.CLOCK
          + """
          , due as materialized (
            select w.ctid as place, w.bytes, w.due_at, w.seq, w.subscription = any(?) as is_paused
            from waiting w
            where w.due_at >= ? and w.due_at <= (select now from clock)
              and w.failure_kind is distinct from 'ABANDONED'
            order by w.due_at limit ? for update of w skip locked
          ),
          aside as (
            update waiting set due_at = greatest(due_at, 0) + 4611686018427387904
            where ctid = any(array(select place from due where is_paused))
            returning seq
          ),
          wanted as (
            select place from (
              select place, sum(bytes) over (order by due_at, seq) - bytes as before
              from (select * from due where not is_paused order by due_at, seq limit ?) w
            ) d where before < ?
          ),
          """
          + DeliverySql.LEASED
          + """
          select s.looked, s.first_due, s.aside, t.due_at, t.seq, t.subscription,
                 t.started + 1 as started, t.spent + 1 as spent, clock.now, t.failure_kind,
                 e.id, e.type, e.occurred_at, e.received_at, e.attributes, e.payload, e.checksum
          from (select count(*) as looked, min(due_at) as first_due,
                       (select count(*) from aside) as aside
                from due) s
               cross join clock left join taken t on true left join event e on e.seq = t.seq
          order by t.due_at, t.seq
          """;

  /// Parameters: subscription, limit.
  static final String UNPARK =
      """
      update waiting set due_at = due_at - 4611686018427387904
      where ctid = any(array(
        select ctid from waiting
        where subscription = ? and due_at >= 4611686018427387904
        order by due_at limit ? for update skip locked))
      """;

  static final String NAMES = ParkedRows.namesIn("waiting");

  /// Parameters: earliest due time, time, limit.
  static final String COUNT_DUE_BEFORE =
      """
      select count(*) from (select from waiting where due_at >= ? and due_at < ? limit ?) w
      """;

  private ParkedSql() {}
}
