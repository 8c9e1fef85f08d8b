-- What a node tells of itself beside what it did.
alter table node add column slots integer not null default 0;
alter table node add column figures text not null default '';

-- The history of figures: what a node did within a slice of time. tier is how many seconds a slice
-- takes, started_at is in nanoseconds since 1970.
create table series (
  tier       integer not null,
  started_at bigint  not null,
  node       text collate "C" not null,
  figures    text    not null,
  primary key (tier, started_at, node)
);
