package dev.sluice.adapter.jdbc.postgres.sql;

import static dev.sluice.adapter.jdbc.postgres.sql.PostgresSql.CLOCK;
import static dev.sluice.adapter.jdbc.postgres.sql.PostgresSql.COUNTED;
import static dev.sluice.adapter.jdbc.postgres.sql.PostgresSql.EVENT_MOVED;

/// SQL statements that change the state of many deliveries in one round trip. Each is one
/// transaction. The transitions follow [dev.sluice.domain.delivery.TransitionTable].
///
/// These and the other statements look up the rows that belong to others by `= any(array(...))`, or
/// by a sub-select with `offset 0`, which the planner does not turn into a join. A table that was
/// analyzed when it was empty makes it expect no rows, and then read the whole table for each one.
public final class DeliverySql {

  /// Selects the changed events, with the subscriptions of their changed deliveries. Needs `taken`.
  private static final String CHANGED =
      """
      select t.seq, array_agg(t.subscription order by t.subscription) as subscriptions,
             min(e.id) as id, min(e.type) as type, min(e.event_key) as event_key
      from taken t cross join lateral (
        select id, type, event_key from event where seq = t.seq offset 0) e
      group by t.seq
      """;

  /// Stores the last attempt of a finished delivery as history. Needs `taken`, from `finished`.
  private static final String KEPT_ATTEMPT =
      """
          history as (
            insert into attempt (seq, subscription, number, worker, started_at, ended_at, outcome,
                                 failure_kind, failure_error, failure_message, subscription_version)
            select seq, subscription, started, worker, claimed_at, finished_at,
                   case status when 1 then 'succeeded' else 'failed' end, failure_kind, failure_error,
                   failure_message, subscription_version
            from taken where worker is not null
          ),
          forgotten as (%s),
      """
          .formatted(PostgresSql.forgotten("attempt", "taken", "true"));

  /// Takes finished deliveries out of their table. First it locks their events, as a purge does,
  /// and then the deliveries in order: otherwise two of these statements, or one and a purge, could
  /// each wait for a row that the other has.
  private static final String TAKEN_FROM_FINISHED =
      """
          guarded as materialized (
            select o.seq from fan_out o where o.seq = any((select seqs from chosen)::bigint[])
            order by o.seq for update
          ),
          locked as materialized (
            select f.ctid as place from finished f, meant
            where f.status = any((select statuses from chosen)::int[])
              and f.seq = any((select seqs from chosen)::bigint[])
              and (select count(*) from guarded) >= 0
              and f.finished_at <= meant.time
              and (cardinality(meant.names) = 0 or f.subscription = any(meant.names))
              and (cardinality(meant.errors) = 0 or f.fingerprint = any(meant.errors))
            order by f.seq, f.subscription for update of f
          ),
          taken as (
            delete from finished f where f.ctid = any(array(select place from locked))
            returning f.*
          ),
          """;

  /// Lets lanes continue that dead letters blocked. Needs `taken`, from `finished`.
  private static final String UNBLOCKED =
      """
          unblocked as (
            delete from blocked_lane b
            where b.seq = any(array(select seq from taken))
              and ((b.subscription, b.seq) in (select t.subscription, t.seq from taken t)) is true
          ),
      """;

  /// Cancels waiting deliveries. Parameters: time; a second time; the subscriptions and
  /// fingerprints to cancel, all when there are none; states; sequences of events. What entered its
  /// state later than the second time is left alone; rows of earlier releases do not say when that
  /// was. The number is [dev.sluice.adapter.jdbc.DueTime#PARKED].
  public static final String CANCEL =
      "with "
          + CLOCK
          + """
          , meant as (select ?::bigint as time, ?::text[] as names, ?::bigint[] as errors),
          taken as (
            delete from waiting w using meant
            where w.state in (0, 1) and w.state = any(?) and w.seq = any(?)
              and (cardinality(meant.names) = 0 or w.subscription = any(meant.names))
              and cardinality(meant.errors) = 0
              and coalesce(w.entered_at, case w.state when 0 then w.due_at & 4611686018427387903
                  else (select max(a.ended_at) from attempt a
                        where a.seq = w.seq and a.subscription = w.subscription) end, 0)
                  <= meant.time
            returning w.state, w.seq, w.subscription, w.siblings, w.started, w.spent
          ),
          over as (
            insert into finished (status, seq, subscription, siblings, finished_at, started, spent)
            select 3, seq, subscription, siblings, clock.now, started, spent from taken, clock
          ),
          moved as (
            select seq, siblings, case state when 0 then 'received' else 'retrying' end as was,
                   'cancelled'::text as now
            from taken
          ),
          """
          + EVENT_MOVED
          + ","
          + COUNTED
          + CHANGED;

  /// Discards dead letters. Parameters: as for [#CANCEL], without the states.
  public static final String DISCARD =
      "with "
          + CLOCK
          + """
          , meant as (select ?::bigint as time, ?::text[] as names, ?::bigint[] as errors),
          chosen as (select array[2] as statuses, ?::bigint[] as seqs),
          """
          + TAKEN_FROM_FINISHED
          + UNBLOCKED
          + """
          over as (
            insert into finished (status, seq, subscription, siblings, finished_at, started, spent)
            select 3, seq, subscription, siblings, clock.now, started, spent from taken, clock
          ),
          """
          + KEPT_ATTEMPT
          + """
          moved as (
            select seq, siblings, 'failed'::text as was, 'cancelled'::text as now from taken
          ),
          """
          + EVENT_MOVED
          + ","
          + COUNTED
          + CHANGED;

  /// Replays finished deliveries. Their events no longer expire. Parameters: time; a second time,
  /// subscriptions and fingerprints as for [#CANCEL]; statuses; sequences of events; whether those
  /// of ordered subscriptions go to the heads of their lanes, as those do that blocked them. They
  /// stand behind until the lane is advanced.
  public static final String REPLAY =
      "with "
          + CLOCK
          + """
          , meant as (select ?::bigint as time, ?::text[] as names, ?::bigint[] as errors),
          chosen as (select ?::int[] as statuses, ?::bigint[] as seqs),
          """
          + TAKEN_FROM_FINISHED
          + UNBLOCKED
          + """
          replayed as (
            select t.seq, t.subscription, t.siblings, t.started, e.payload, e.attributes,
                   %s as priority,
                   case when o.state <> 'DISSOLVING' then e.event_key end as lane
            from taken t cross join lateral (
              select payload, attributes, event_key from event where seq = t.seq offset 0) e
            left join lateral (
              select state from ordered_subscription where name = t.subscription offset 0) o on true
          ),
          entered as (
            insert into waiting (state, seq, subscription, siblings, bytes, due_at, started, spent,
                                 entered_at, priority, lane, lane_position)
            select 0, r.seq, r.subscription, r.siblings,
                   octet_length(r.payload) + coalesce(octet_length(r.attributes), 0),
                   clock.now + case when r.lane is not null then 4611686018427387904
                                    when r.priority is not null then -4611686018427387904 else 0 end,
                   r.started, 0, case when r.lane is not null then clock.now end, r.priority,
                   r.lane,
                   case when r.lane is null then null
                     when place.is_head or exists (
                       select from blocked_lane b
                       where b.subscription = r.subscription and b.seq = r.seq offset 0)
                     then coalesce((
                       select w.lane_position from waiting w
                       where w.subscription = r.subscription and w.lane = r.lane
                         and w.due_at >= 4611686018427387904
                       order by w.lane_position, w.seq limit 1), 1) - 1
                     else (select last_value + 1 from event_seq) end
            from replayed r, clock, (select ?::boolean as is_head) place
          ),
          lasting as (
            update event e
            set attributes = nullif(trim(both E'\\n' from regexp_replace(
                  e.attributes, E'(^|\\n)expires_at=[^\\n]*', '')), '')
            where e.seq = any(array(select seq from taken)) and e.attributes like '%%expires_at=%%'
          ),
          """
              .formatted(PostgresSql.PRIORITY)
          + KEPT_ATTEMPT
          + """
          moved as (
            select seq, siblings,
                   case status when 1 then 'completed' when 2 then 'failed' when 4 then 'expired'
                               else 'cancelled' end as was,
                   'received'::text as now
            from taken
          ),
          """
          + EVENT_MOVED
          + ","
          + COUNTED
          + CHANGED;

  private DeliverySql() {}
}
