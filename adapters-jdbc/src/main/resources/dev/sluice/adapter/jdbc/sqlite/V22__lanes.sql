-- Deliveries of ordered subscriptions: the key of their lane and their position in it. Only the head of a
-- lane has its own due time; those behind it have 2^62 added to theirs, so that claims do not meet them.
alter table live add column lane text;
alter table live add column lane_position integer;

create index live_behind on live (subscription, lane, lane_position, seq)
  where due_at >= 4611686018427387904;

-- Subscriptions whose deliveries stand in lanes. on_failure: continue, block. state: arranging while
-- lanes are formed of what waited before, arranged, dissolving while they are released.
create table ordered_subscription (
  name       text primary key,
  on_failure text not null,
  state      text not null
) strict, without rowid;

-- Lanes that wait for an operator, with the event of the dead letter.
create table blocked_lane (
  subscription text    not null,
  lane         text    not null,
  seq          integer not null,
  primary key (subscription, lane)
) strict, without rowid;

create index blocked_lane_by_event on blocked_lane (seq);
