-- Retention reads only what may be deleted: events whose siblings are stuck are in neither index. Nodes
-- of an earlier version use the second one, too, and still need finished_with_siblings, which a later
-- release drops.
${without_lock_timeout};

-- Begins with the events that finished first. Ends with those whose end is to be filled in: nodes of an
-- earlier version change the counts but not ended_at.
drop index ${concurrently} if exists fan_out_by_end;
create index ${concurrently} fan_out_by_end on fan_out (ended_at, seq)
  where received + retrying + processing = 0;

drop index ${concurrently} if exists finished_single_by_time;
create index ${concurrently} finished_single_by_time on finished (finished_at, seq)
  where siblings < 2;
drop index ${concurrently} if exists finished_by_time;

-- For the migrations that follow in this session.
reset lock_timeout;
