create or replace view live as
  select due_at, seq, subscription, state, siblings, started, spent, null::text as worker,
         null::bigint as claimed_at, null::bigint as lease_until,
         failure_kind, failure_error, failure_message, entered_at, lane, lane_position
  from waiting
  union all
  select due_at, seq, subscription, 2::smallint, siblings, started, spent, worker, claimed_at,
         lease_until, failure_kind, failure_error, failure_message, null::bigint, lane, lane_position
  from leased;

-- Subscriptions whose deliveries stand in lanes. on_failure: CONTINUE, BLOCK. state: ARRANGING while
-- lanes are formed of what waited before, ARRANGED, DISSOLVING while they are released.
create table ordered_subscription (
  name       text collate "C" primary key,
  on_failure text not null,
  state      text not null
);

-- Lanes that wait for an operator, with the event of the dead letter.
create table blocked_lane (
  subscription text collate "C" not null,
  lane         text collate "C" not null,
  seq          bigint not null,
  primary key (subscription, lane)
);

create index blocked_lane_by_event on blocked_lane (seq);
