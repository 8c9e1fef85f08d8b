-- What nodes tell each other of changes, for those who watch: a few rows a second while anybody
-- does, kept for a minute. Unlogged: after a crash of the database nobody misses it.

-- Not the table's own: that of an unlogged table would begin anew after a crash, and readers would
-- wait for numbers that they have passed.
create sequence change_feed_seq;

create unlogged table change_feed (
  seq          bigint primary key default nextval('change_feed_seq'),
  published_at bigint not null,
  node         text   not null,
  missed       bigint not null,
  changes      text   not null
);

-- The nodes at which somebody watches, each until a time.
create unlogged table change_wish (
  node       text collate "C" primary key,
  expires_at bigint not null
);
