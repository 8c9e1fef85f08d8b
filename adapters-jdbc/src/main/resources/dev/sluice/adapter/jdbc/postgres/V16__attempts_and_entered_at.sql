-- No table is rewritten. The tables are changed in the order in which settlements use them, so that the
-- two do not wait for each other.

-- The version of the subscription under which an attempt was made; null where it is not known, as for
-- attempts from before. In `finished` it is that of the last attempt, which is in the same row.
alter table finished add column subscription_version bigint;

-- When a delivery entered the state in which it waits; it may be due later. Null when it entered it at
-- due_at, and in rows from before.
alter table waiting add column entered_at bigint;

alter table attempt add column subscription_version bigint;

create or replace view live as
  select due_at, seq, subscription, state, siblings, started, spent, null::text as worker,
         null::bigint as claimed_at, null::bigint as lease_until,
         failure_kind, failure_error, failure_message, entered_at
  from waiting
  union all
  select due_at, seq, subscription, 2::smallint, siblings, started, spent, worker, claimed_at,
         lease_until, failure_kind, failure_error, failure_message, null::bigint
  from leased;
