package dev.sluice.adapter.jdbc.postgres.sql;

import static dev.sluice.adapter.jdbc.postgres.sql.PostgresSql.CLOCK;
import static dev.sluice.adapter.jdbc.postgres.sql.PostgresSql.COUNTED;
import static dev.sluice.adapter.jdbc.postgres.sql.PostgresSql.EVENT_MOVED;

/// SQL statements that lease many due deliveries in one round trip and one transaction.
public final class ClaimSql {

  /// Leases the deliveries whose rows are in `wanted`. Parameters: worker, nanoseconds.
  private static final String LEASED =
      """
      taken as (
        delete from waiting where ctid = any(array(select place from wanted))
        returning state, seq, subscription, siblings, bytes, due_at, started, spent,
                  failure_kind, failure_error, failure_message, lane, lane_position, priority
      ),
      held as (
        insert into leased (seq, subscription, siblings, bytes, due_at, started, spent,
                            failure_kind, failure_error, failure_message, lane, lane_position,
                            priority, worker, claimed_at, lease_until)
        select seq, subscription, siblings, bytes, due_at, started + 1, spent + 1, failure_kind,
               failure_error, failure_message, lane, lane_position, priority, ?, clock.now,
               clock.now + ?
        from taken, clock
      ),
      moved as (
        select seq, siblings, case state when 0 then 'received' else 'retrying' end as was,
               'processing'::text as now
        from taken
      ),
      """
          + EVENT_MOVED
          + ","
          + COUNTED;

  /// Selects what was leased. Placeholder: since when the first is due that the claim could see.
  private static final String CLAIMED =
      """
      select %s as first_due, t.seq, t.subscription, t.started + 1 as started, t.spent + 1 as spent, clock.now,
             t.failure_kind, e.id, e.type, e.occurred_at, e.received_at, e.attributes, e.payload, e.checksum,
             (select count(*) from due) > (select count(*) from wanted) as is_cut
      from taken t left join lateral (
        select id, type, occurred_at, received_at, attributes, payload, checksum from event
        where seq = t.seq offset 0) e on true, clock
      """;

  /// Leases due deliveries. Parameters: time; arrays of subscriptions, most deliveries of each, and
  /// earliest due times; most bytes of events (without the last one), worker, nanoseconds. `clock`
  /// is read by a sub-select, so that the index ends the search: a join would look at all that is
  /// due later. The limit on bytes leaves each subscription its share: the first delivery of each
  /// comes before the second of any.
  public static final String CLAIM = claim("failure_kind is distinct from 'ABANDONED'");

  /// Leases due deliveries whose last attempt was abandoned. Parameters: as for [#CLAIM].
  public static final String CLAIM_ABANDONED = claim("failure_kind = 'ABANDONED'");

  /// Leases due deliveries of all priorities by their rank, see
  /// [dev.sluice.domain.claim.PriorityOrder]. Parameters: time, nanoseconds of a step; the others
  /// as for [#CLAIM]. The number is [dev.sluice.adapter.jdbc.DueTime#PARKED].
  ///
  /// The first of each priority are ranked before any is locked. Mostly those that are due first
  /// are all that are due; only when there are many, the first of each priority are looked up. They
  /// are found by comparing rows of columns, which only the index by priority can do; the index by
  /// due time would walk over all other priorities for each. More are read than are wanted, so that
  /// there are enough when other nodes have locked the first of them.
  public static final String CLAIM_BY_RANK =
      "with "
          + CLOCK
          + """
          , step as materialized (select ?::bigint as nanos),
          quota as materialized (
            select * from unnest(?::text[], ?::int[], ?::bigint[])
                          with ordinality as t(name, most, earliest, turn)
          ),
          soonest as materialized (
            select quota.turn, w.* from quota cross join lateral (
              select coalesce(priority, 5) as level, ctid as place,
                     due_at & 4611686018427387903 as due_at, seq
              from waiting
              where subscription = quota.name and due_at < 0
                and due_at >= quota.earliest - 4611686018427387904
                and due_at <= (select now from clock) - 4611686018427387904
              order by waiting.due_at limit 2 * quota.most + 64) w
          ),
          many as materialized (
            select * from quota where 2 * most + 64 <= (
              select count(*) from soonest where soonest.turn = quota.turn)
          ),
          first as materialized (
            select turn, level, place, due_at, seq from soonest
            where not exists (select from many where many.turn = soonest.turn offset 0)
            union all
            select many.turn, level, w.* from many cross join generate_series(0, 9) level
                 cross join lateral (
              select ctid as place, due_at & 4611686018427387903 as due_at, seq from waiting
              where subscription = many.name and due_at < 0
                and (priority, due_at) >= (level, many.earliest - 4611686018427387904)
                and (priority, due_at) <= (level, (select now from clock) - 4611686018427387904)
              order by priority, waiting.due_at limit 2 * many.most + 64) w
            union all
            select quota.turn, 5, w.* from quota cross join lateral (
              select ctid as place, due_at, seq from waiting
              where subscription = quota.name and due_at >= quota.earliest
                and due_at <= (select now from clock) and failure_kind is distinct from 'ABANDONED'
              order by due_at limit 2 * quota.most + 64) w
          ),
          since as materialized (
            select quota.name, min(first.due_at) as due_at
            from quota full join first on first.turn = quota.turn group by quota.name
          ),
          ranked as materialized (
            select turn, place,
                   row_number() over (partition by turn
                                      order by due_at - level * (select nanos from step), seq)
                   as rank
            from first
          ),
          due as materialized (
            select w.place, w.bytes, quota.turn,
                   row_number() over (partition by quota.turn order by w.rank) as rank
            from quota cross join lateral (
              select l.*, r.rank
              from (select place, rank from ranked where turn = quota.turn order by rank) r
                   cross join lateral (
                select ctid as place, bytes from waiting where ctid = r.place
                for update skip locked) l
              order by r.rank limit quota.most) w
          ),
          """
          + wanted("due")
          + LEASED
          + CLAIMED.formatted("(select due_at from since where name = t.subscription)")
          + """
          order by (t.due_at & 4611686018427387903)
                   - coalesce(t.priority, 5) * (select nanos from step), t.seq
          """;

  private ClaimSql() {}

  /// @param condition which of the deliveries that are due are wanted
  private static String claim(String condition) {
    return "with "
        + CLOCK
        + """
        , due as materialized (
          select w.*, quota.turn from unnest(?::text[], ?::int[], ?::bigint[])
                                      with ordinality as quota(name, most, earliest, turn)
               cross join lateral (
                 select ctid as place, bytes, due_at, seq from waiting
                 where subscription = quota.name and due_at >= quota.earliest
                   and due_at <= (select now from clock) and %s
                 order by due_at limit quota.most for update skip locked
               ) w
        ),
        ranked as (
          select place, bytes, turn,
                 row_number() over (partition by turn order by due_at, seq) as rank
          from due
        ),
        """
            .formatted(condition)
        + wanted("ranked")
        + LEASED
        + CLAIMED.formatted("t.due_at")
        + "order by t.due_at, t.seq";
  }

  /// Limits a claim by the bytes of its events.
  ///
  /// @param ranked the rows to lease, with their bytes, the turn of their subscription and their
  ///   rank in it
  private static String wanted(String ranked) {
    return """
    wanted as (
      select place from (
        select place, sum(bytes) over (order by rank, turn) - bytes as before from %s
      ) d where before < ?
    ),
    """
        .formatted(ranked);
  }
}
