package dev.sluice.adapter.jdbc.postgres.sql;

import static dev.sluice.adapter.jdbc.postgres.sql.PostgresSql.CLOCK;
import static dev.sluice.adapter.jdbc.postgres.sql.PostgresSql.COUNTED;
import static dev.sluice.adapter.jdbc.postgres.sql.PostgresSql.EVENT_MOVED;

/// SQL statements that end many attempts in one round trip and one transaction. The transitions
/// follow [dev.sluice.domain.delivery.TransitionTable].
public final class SettlementSql {

  /// What becomes of the deliveries whose attempts are in `ended`.
  private static final String FOLLOWING =
      """
          over as (
            insert into finished (status, seq, subscription, siblings, finished_at, started, spent,
                                  worker, claimed_at, failure_kind, failure_error, failure_message,
                                  fingerprint, subscription_version)
            select case what when 0 then 1 when 2 then 2 else 4 end, seq, subscription, siblings,
                   clock.now, started, case what when 4 then spent - 1 else spent end,
                   case when what <> 4 then worker end, case when what <> 4 then claimed_at end,
                   kind, error, message, case what when 2 then fingerprint end,
                   case when what <> 4 then version end
            from ended, clock where what in (0, 2, 4)
          ),
          again as (
            insert into waiting (state, seq, subscription, siblings, bytes, due_at, started, spent,
                                 failure_kind, failure_error, failure_message, entered_at, lane,
                                 lane_position, priority)
            select 1, seq, subscription, siblings, bytes,
                   least(clock.now + wait, 4611686018427387903)
                     - case when priority is not null and kind <> 'ABANDONED'
                            then 4611686018427387904 else 0 end,
                   started,
                   case when kind = 'ABANDONED' and failure_kind is distinct from 'ABANDONED'
                        then spent - 1 else spent end,
                   kind, error, message, clock.now, lane, lane_position, priority
            from ended, clock where what = 1
            union all
            select case when failure_kind is null then 0 else 1 end, seq, subscription, siblings,
                   bytes, least(due_at, clock.now), started, spent - 1, failure_kind, failure_error,
                   failure_message, clock.now, lane, lane_position, priority
            from ended, clock where what = 3
          ),
          blocked as (
            insert into blocked_lane (subscription, lane, seq)
            select distinct on (e.subscription, e.lane) e.subscription, e.lane, e.seq
            from ended e
            where e.what = 2 and e.lane is not null and exists (
              select from ordered_subscription
              where name = e.subscription and on_failure = 'BLOCK' offset 0)
            order by e.subscription, e.lane, e.seq
            on conflict (subscription, lane) do update set seq = excluded.seq
          ),
          history as (
            insert into attempt (seq, subscription, number, worker, started_at, ended_at, outcome,
                                 failure_kind, failure_error, failure_message, subscription_version)
            select seq, subscription, started, worker, claimed_at, clock.now,
                   case what when 1 then 'failed' else 'handed_back' end, kind, error, message, version
            from ended, clock where what in (1, 3, 4)
          ),
          """
          + "forgotten as ("
          + PostgresSql.forgotten("attempt", "ended", "t.what in (1, 3, 4)")
          + """
          ),
          moved as (
            select seq, siblings, 'processing'::text as was,
                   case when what = 0 then 'completed' when what = 2 then 'failed'
                        when what = 4 then 'expired'
                        when what = 1 or failure_kind is not null then 'retrying' else 'received' end
                   as now
            from ended
          ),
          """
          + EVENT_MOVED
          + ","
          + COUNTED
          + "select place, subscription, lane from ended";

  /// Ends attempts that are still the current ones. Sequences of events are reused after a failover
  /// or a restore that lost the newest commits, so worker and time of the claim must match too.
  /// Parameters: time; arrays of sequences, subscriptions, attempts, workers, times of claims,
  /// outcomes (0 complete, 1 retry, 2 dead letter, 3 hand back, 4 expire), waits in nanoseconds,
  /// failures' kinds, errors, messages and fingerprints, and versions of subscriptions.
  public static final String SETTLE = ended("", "") + FOLLOWING;

  /// Does the same as [#SETTLE], and stores what receivers answered. Further parameters: arrays of
  /// classes of status and of responses, null where there is none. The response to an attempt that
  /// is no longer kept is deleted.
  public static final String SETTLE_WITH_RESPONSES =
      ended(", ?::int[], ?::text[]", ", status_class, content")
          + """
          kept_responses as (
            insert into responses (seq, subscription, number, ended_at, status_class, content)
            select seq, subscription, started, clock.now, status_class, content
            from ended, clock where content is not null
            on conflict (seq, subscription, number) do update
            set ended_at = excluded.ended_at, status_class = excluded.status_class,
                content = excluded.content
          ),
          """
          + "old_responses as ("
          + PostgresSql.forgotten("responses", "ended", "true")
          + "),"
          + FOLLOWING;

  private SettlementSql() {}

  /// Deletes the leases, and joins them with what becomes of them. A full join with a condition
  /// that the planner does not see through, because it never compares each row with each other one,
  /// however few it expects. Of two settlements of one attempt the first counts.
  ///
  /// @param arrays further parameters
  /// @param columns the columns that they become
  private static String ended(String arrays, String columns) {
    return "with "
        + CLOCK
        + """
        , given as materialized (
          select * from unnest(?::bigint[], ?::text[], ?::int[], ?::text[], ?::bigint[], ?::int[],
                               ?::bigint[], ?::text[], ?::text[], ?::text[], ?::bigint[],
                               ?::bigint[]%1$s)
               with ordinality as t(seq, subscription, attempt, holder, since, what, wait, kind,
                                    error, message, fingerprint, version%2$s, place)
        ),
        gone as (
          delete from leased l
          %3$s
          returning l.*
        ),
        ended as (
          select distinct on (l.seq, l.subscription)
                 t.place, t.what, t.wait, t.kind, t.error, t.message, t.fingerprint,
                 nullif(t.version, 0) as version%2$s, l.*
          from given t full join gone l
            on l.seq = t.seq and l.subscription = t.subscription and l.started = t.attempt
               and l.worker = t.holder and l.claimed_at = t.since
          where coalesce(l.seq >= 0, false)
          order by l.seq, l.subscription, t.place
        ),
        """
            .formatted(arrays, columns, LeaseSql.HELD);
  }
}
