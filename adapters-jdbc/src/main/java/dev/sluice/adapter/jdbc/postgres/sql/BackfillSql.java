package dev.sluice.adapter.jdbc.postgres.sql;

import static dev.sluice.adapter.jdbc.postgres.sql.PostgresSql.CLOCK;
import static dev.sluice.adapter.jdbc.postgres.sql.PostgresSql.COUNTED;
import static dev.sluice.adapter.jdbc.postgres.sql.PostgresSql.STATUS_AFTER;

/// SQL statements that add deliveries to stored events.
public final class BackfillSql {

  /// Locks the deliveries of events as far as no one else holds them, and selects for each stored
  /// event how many are locked, how many it has, whether one is in the subscription, and whether
  /// its counts are locked. Does not wait for locks. Parameters: array of ids, subscription.
  public static final String LOCK =
      """
      with given as materialized (select seq, id from event where id = any(?)),
      waits as materialized (
        select seq, subscription, siblings from waiting
        where state in (0, 1) and seq = any(array(select seq from given)) for update skip locked
      ),
      leases as materialized (
        select seq, subscription, siblings from leased
        where seq = any(array(select seq from given)) for update skip locked
      ),
      ends as materialized (
        select seq, subscription, siblings from finished
        where status in (0, 1, 2, 3, 4) and seq = any(array(select seq from given))
        for update skip locked
      ),
      fans as materialized (
        select seq from fan_out where seq = any(array(select seq from given))
        for update skip locked
      ),
      held as (
        select * from waits union all select * from leases union all select * from ends
      )
      select g.id, g.seq, count(h.seq)::int as locked, coalesce(max(h.siblings), 0) as siblings,
             coalesce(bool_or(h.subscription = ?), false) as is_there,
             exists (select from fans f where f.seq = g.seq) as is_fanned
      from given g full join held h on h.seq = g.seq
      group by g.seq, g.id limit 1000000
      """;

  /// Adds a delivery to events whose deliveries are locked. Parameters: time; arrays of sequences,
  /// numbers of deliveries before, and times before which deliveries do not begin; subscription.
  /// Those of an ordered one stand behind until their lanes are advanced.
  public static final String ADD =
      "with "
          + CLOCK
          + """
          , given as materialized (
            select * from unnest(?::bigint[], ?::int[], ?::bigint[])
                          as t(seq, siblings, not_before)
          ),
          waits as (
            update waiting set siblings = siblings + 1
            where state in (0, 1) and seq = any(array(select seq from given))
            returning seq, case state when 0 then 'received' else 'retrying' end as state
          ),
          leases as (
            update leased set siblings = siblings + 1
            where seq = any(array(select seq from given))
            returning seq, 'processing'::text as state
          ),
          ends as (
            update finished set siblings = siblings + 1
            where status in (1, 2, 3, 4) and seq = any(array(select seq from given))
            returning seq, case status when 1 then 'completed' when 2 then 'failed'
                                       when 4 then 'expired' else 'cancelled' end as state
          ),
          routed as (
            delete from finished where status = 0 and seq = any(array(select seq from given))
          ),
          held as (
            select * from waits union all select * from leases union all select * from ends
          ),
          numbers as materialized (
            select g.seq, g.siblings,
                   (count(*) filter (where h.state = 'received'))::int as received,
                   (count(*) filter (where h.state = 'retrying'))::int as retrying,
                   (count(*) filter (where h.state = 'processing'))::int as processing,
                   (count(*) filter (where h.state = 'completed'))::int as completed,
                   (count(*) filter (where h.state = 'failed'))::int as failed,
                   (count(*) filter (where h.state = 'cancelled'))::int as cancelled,
                   (count(*) filter (where h.state = 'expired'))::int as expired
            from given g full join held h on h.seq = g.seq group by g.seq, g.siblings
          ),
          into_lane as (
            select g.seq, g.siblings, g.not_before, m.subscription, e.payload, e.attributes,
                   %s as priority,
                   case when o.state <> 'DISSOLVING' then e.event_key end as lane
            from given g cross join lateral (
              select payload, attributes, event_key from event where seq = g.seq offset 0) e
            cross join (select ?::text as subscription) m
            left join ordered_subscription o on o.name = m.subscription
          ),
          entered as (
            insert into waiting (state, seq, subscription, siblings, bytes, due_at, started, spent,
                                 entered_at, priority, lane, lane_position)
            select 0, i.seq, i.subscription, i.siblings + 1,
                   octet_length(i.payload) + coalesce(octet_length(i.attributes), 0),
                   greatest(i.not_before, clock.now)
                     + case when i.lane is not null then 4611686018427387904
                            when i.priority is not null then -4611686018427387904 else 0 end,
                   0, 0, case when i.not_before > clock.now then clock.now end, i.priority, i.lane,
                   case when i.lane is not null then i.seq end
            from into_lane i, clock
          ),
          several as (
            insert into fan_out (seq, received, retrying, processing, completed, failed, cancelled,
                                 expired)
            select seq, received + 1, retrying, processing, completed, failed, cancelled, expired
            from numbers where siblings > 0 order by seq
            on conflict (seq) do update
            set received = fan_out.received + 1, ended_at = null
          ),
          moved as (select null::text as was, 'received'::text as now from given),
          event_moved as (
            select case f.siblings when 0 then 'unrouted' else %s end as was,
                   case when f.processing > 0 then 'processing' else 'received' end as now
            from numbers f
          ),
          """
              .formatted(PostgresSql.PRIORITY, STATUS_AFTER)
          + COUNTED
          + "select count(*) from given";

  private BackfillSql() {}
}
