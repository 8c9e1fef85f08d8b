-- One row: the version of the set of all schedules. Nodes read it every second. Each change of a
-- schedule updates it.
create table schedule_set (
  id      integer primary key check (id = 1),
  version integer not null
) strict;
insert into schedule_set (id, version) values (1, 0);

-- Schedules of recurring events. version: the version of the set since which the definition holds.
-- definition: JSON. changed_at, handled_until and last_tick: nanoseconds since 1970. handled_until:
-- ticks up to then have their events, or get none. last_tick: the newest tick with an event, if
-- there is one.
create table schedule (
  name          text    primary key,
  version       integer not null,
  definition    text    not null,
  changed_by    text    not null,
  changed_at    integer not null,
  handled_until integer not null,
  last_tick     integer
) strict, without rowid;
