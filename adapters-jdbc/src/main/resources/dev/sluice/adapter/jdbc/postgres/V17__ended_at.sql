-- When the last delivery of the event finished; null while one is unfinished, and in rows that nodes of
-- an earlier version changed last. The table is not rewritten.
alter table fan_out add column ended_at bigint;
