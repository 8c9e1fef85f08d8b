-- A claim looks at one subscription at a time, so deliveries are in the order of their subscriptions
-- first. Those of paused subscriptions stay where they are: earlier versions added 2^62 to the due time
-- of those that a claim had met.
create table live_by_subscription (
  subscription    text    not null,
  due_at          integer not null,
  seq             integer not null,
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
  primary key (subscription, due_at, seq)
) strict, without rowid;

insert into live_by_subscription
select subscription,
       case when due_at >= 4611686018427387904 then due_at - 4611686018427387904 else due_at end as due,
       seq, state, siblings, started, spent, worker, claimed_at, lease_until,
       failure_kind, failure_error, failure_message
from live order by subscription, due, seq;

drop table live;
alter table live_by_subscription rename to live;

create index live_by_state on live (state, seq);
create index live_with_siblings on live (seq) where siblings > 1;
create index live_abandoned on live (subscription, due_at, seq) where failure_kind = 'ABANDONED';
