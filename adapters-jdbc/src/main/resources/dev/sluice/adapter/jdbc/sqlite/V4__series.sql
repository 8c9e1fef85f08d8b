-- The history of figures: what a node did within a slice of time. tier is how many seconds a slice
-- takes, started_at is in nanoseconds since 1970.
create table series (
  tier       integer not null,
  started_at integer not null,
  node       text    not null,
  figures    text    not null,
  primary key (tier, started_at, node)
) strict, without rowid;
