-- How many deliveries of an event are in which state, for events with several: the event's status
-- follows from them. ended_at: when the last delivery finished; null while one is unfinished.
create table fan_out (
  seq        integer primary key,
  received   integer not null default 0,
  retrying   integer not null default 0,
  processing integer not null default 0,
  completed  integer not null default 0,
  failed     integer not null default 0,
  cancelled  integer not null default 0,
  ended_at   integer
) strict;

insert into fan_out (seq, received, retrying, processing, completed, failed, cancelled, ended_at)
select seq, sum(state = 0), sum(state = 1), sum(state = 2), sum(state = 3), sum(state = 4),
       sum(state = 5), case when min(state) > 2 then max(finished_at) end
from (
  select seq, state, null as finished_at from live where siblings > 1
  union all
  select seq, status + 2, finished_at from finished where siblings > 1
) group by seq;

-- Retention reads only what may be deleted: events whose siblings are stuck are in neither index.
create index fan_out_by_end on fan_out (ended_at) where ended_at is not null;
drop index finished_by_time;
create index finished_by_time on finished (finished_at, seq) where siblings < 2;

drop index live_with_siblings;
drop index finished_with_siblings;
