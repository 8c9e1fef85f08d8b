create or replace view live as
  select due_at, seq, subscription, state, siblings, started, spent, null::text as worker,
         null::bigint as claimed_at, null::bigint as lease_until,
         failure_kind, failure_error, failure_message, entered_at, lane, lane_position, priority
  from waiting
  union all
  select due_at, seq, subscription, 2::smallint, siblings, started, spent, worker, claimed_at,
         lease_until, failure_kind, failure_error, failure_message, null::bigint, lane, lane_position,
         priority
  from leased;
