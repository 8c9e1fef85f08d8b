-- Times are nanoseconds since 1970, but occurred_at, which is milliseconds.

-- What producers sent. Rows are written once and never change. seq is about the order of storing.
create sequence event_seq;

create table event (
  seq         bigint primary key,
  id          text collate "C" not null,
  type        text collate "C" not null,
  occurred_at bigint not null,
  received_at bigint not null,
  event_key   text collate "C",
  attributes  text,
  payload     text   not null,
  checksum    bigint not null
);

create unique index event_by_id on event (id);
create index event_by_type on event (type, seq);
create index event_by_key on event (event_key, seq) where event_key is not null;
-- Answers with one look whether an event of a run of 4096 numbers occurred between two times.
create index event_by_run on event ((seq >> 12), occurred_at);

-- Deliveries that wait for a worker: nothing else, so that claims look at nothing else. state:
-- 0 received, 1 retrying. siblings is the number of deliveries that the event has, bytes the length
-- of its payload. Rows are only inserted and deleted.
create table waiting (
  state           smallint not null,
  seq             bigint   not null,
  subscription    text collate "C" not null,
  siblings        integer  not null,
  bytes           integer  not null,
  due_at          bigint   not null,
  started         integer  not null,
  spent           integer  not null,
  failure_kind    text,
  failure_error   text,
  failure_message text,
  primary key (state, seq, subscription)
);

-- One column, so that nobody looks through it for anything else: it may be full of what is gone.
create index waiting_by_due on waiting (due_at);

-- Deliveries that a worker holds.
create table leased (
  seq             bigint  not null,
  subscription    text collate "C" not null,
  siblings        integer not null,
  bytes           integer not null,
  due_at          bigint  not null,
  started         integer not null,
  spent           integer not null,
  failure_kind    text,
  failure_error   text,
  failure_message text,
  worker          text    not null,
  claimed_at      bigint  not null,
  lease_until     bigint  not null,
  primary key (seq, subscription)
);

create index leased_by_end on leased (lease_until);

-- Their rows live for moments; the server's defaults wait for a share of a table that is not there.
alter table waiting set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000,
  autovacuum_analyze_scale_factor = 0.1, autovacuum_vacuum_cost_delay = 0);
alter table leased set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
  autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 50000,
  autovacuum_vacuum_cost_delay = 0);

-- Deliveries that are not finished. state: as above, and 2 for leased ones.
create view live as
  select due_at, seq, subscription, state, siblings, started, spent, null::text as worker,
         null::bigint as claimed_at, null::bigint as lease_until,
         failure_kind, failure_error, failure_message
  from waiting
  union all
  select due_at, seq, subscription, 2::smallint, siblings, started, spent, worker, claimed_at,
         lease_until, failure_kind, failure_error, failure_message
  from leased;

-- Deliveries that are finished. status: 0 unrouted (the event has no delivery, subscription is
-- empty), 1 completed, 2 failed, 3 cancelled. A row with a worker also tells of the last attempt.
create table finished (
  status          smallint not null,
  seq             bigint   not null,
  subscription    text collate "C" not null,
  siblings        integer  not null,
  finished_at     bigint   not null,
  started         integer  not null,
  spent           integer  not null,
  worker          text,
  claimed_at      bigint,
  failure_kind    text,
  failure_error   text,
  failure_message text,
  primary key (status, seq, subscription)
);

create index finished_by_time on finished (finished_at, seq);
create index finished_with_siblings on finished (finished_at, seq) where siblings > 1;

-- Attempts that ended but for the last one of a finished delivery. outcome: failed, handed_back,
-- succeeded.
create table attempt (
  seq             bigint  not null,
  subscription    text collate "C" not null,
  number          integer not null,
  worker          text    not null,
  started_at      bigint  not null,
  ended_at        bigint  not null,
  outcome         text    not null,
  failure_kind    text,
  failure_error   text,
  failure_message text,
  primary key (seq, subscription, number)
);

-- How many deliveries of an event are in which state, for events with several: its status follows
-- from them.
create table fan_out (
  seq        bigint primary key,
  received   integer not null default 0,
  retrying   integer not null default 0,
  processing integer not null default 0,
  completed  integer not null default 0,
  failed     integer not null default 0,
  cancelled  integer not null default 0
) with (fillfactor = 80);

-- How many events (e_) and deliveries (d_) are in which state: the sum over all rows. There are
-- several, so that transactions need not wait for each other.
create table tally (
  slot         integer primary key,
  e_unrouted   bigint not null default 0,
  e_received   bigint not null default 0,
  e_retrying   bigint not null default 0,
  e_processing bigint not null default 0,
  e_completed  bigint not null default 0,
  e_failed     bigint not null default 0,
  e_cancelled  bigint not null default 0,
  d_received   bigint not null default 0,
  d_retrying   bigint not null default 0,
  d_processing bigint not null default 0,
  d_completed  bigint not null default 0,
  d_failed     bigint not null default 0,
  d_cancelled  bigint not null default 0
) with (fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

insert into tally (slot) select generate_series(0, 63);

-- The processes that use this database.
create table node (
  id         text collate "C" primary key,
  version    text    not null,
  started_at bigint  not null,
  last_seen  bigint  not null,
  phase      text    not null,
  in_flight  integer not null
) with (fillfactor = 50);
