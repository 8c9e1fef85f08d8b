-- Times are nanoseconds since 1970, but occurred_at, which is milliseconds.

-- What producers sent. Rows are written once and never change. seq is the order of storing.
create table event (
  seq         integer primary key,
  id          text    not null,
  type        text    not null,
  occurred_at integer not null,
  received_at integer not null,
  event_key   text,
  attributes  text,
  payload     text    not null,
  checksum    integer not null
) strict;

create unique index event_by_id on event (id);
create index event_by_type on event (type, seq);
create index event_by_key on event (event_key, seq) where event_key is not null;

-- Deliveries that are not finished, in the order in which they are due: small while work keeps up,
-- whatever the number of events. state: 0 received, 1 retrying, 2 processing. siblings is the number
-- of deliveries that the event has.
create table live (
  due_at          integer not null,
  seq             integer not null,
  subscription    text    not null,
  state           integer not null,
  siblings        integer not null,
  started         integer not null,
  spent           integer not null,
  worker          text,
  claimed_at      integer,
  lease_until     integer,
  failure_kind    text,
  failure_error   text,
  failure_message text,
  primary key (due_at, seq, subscription)
) strict, without rowid;

create index live_by_state on live (state, seq);
create index live_with_siblings on live (seq) where siblings > 1;

-- Deliveries that are finished. status: 0 unrouted (the event has no delivery, subscription is
-- empty), 1 completed, 2 failed, 3 cancelled. A row with a worker also tells of the last attempt.
create table finished (
  status          integer not null,
  seq             integer not null,
  subscription    text    not null,
  siblings        integer not null,
  finished_at     integer not null,
  started         integer not null,
  spent           integer not null,
  worker          text,
  claimed_at      integer,
  failure_kind    text,
  failure_error   text,
  failure_message text,
  primary key (status, seq, subscription)
) strict, without rowid;

create index finished_by_time on finished (finished_at, seq);
create index finished_with_siblings on finished (seq) where siblings > 1;

-- Attempts that ended but for the last one of a finished delivery. outcome: failed, handed_back,
-- succeeded.
create table attempt (
  seq             integer not null,
  subscription    text    not null,
  number          integer not null,
  worker          text    not null,
  started_at      integer not null,
  ended_at        integer not null,
  outcome         text    not null,
  failure_kind    text,
  failure_error   text,
  failure_message text,
  primary key (seq, subscription, number)
) strict, without rowid;

-- The times between which the events of a run of 4096 numbers occurred, so that lists by time leave
-- out whole runs.
create table span (
  chunk    integer primary key,
  earliest integer not null,
  latest   integer not null
) strict;
