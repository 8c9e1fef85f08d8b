-- One row: the version of the set of all subscriptions. Nodes read it several times a second. Each
-- change of subscriptions updates it.
create table subscription_set (
  id      integer primary key check (id = 1),
  version integer not null
) strict;
insert into subscription_set (id, version) values (1, 0);

-- Versions of subscriptions, which are never changed. version: the version of the set since which it
-- holds. definition: JSON. changed_at: nanoseconds since 1970.
create table subscription_version (
  name       text    not null,
  version    integer not null,
  lifecycle  text    not null,
  origin     text    not null,
  definition text    not null,
  changed_by text    not null,
  changed_at integer not null,
  primary key (name, version)
) strict, without rowid;

-- The current version of each subscription, deleted ones included, with its lifecycle.
create table subscription (
  name      text    primary key,
  version   integer not null,
  lifecycle text    not null
) strict, without rowid;
create index subscription_by_version on subscription (version);
