-- One row: the version of the set of all subscriptions. Nodes read it several times a second. Each
-- change of subscriptions locks it, then updates it.
create table subscription_set (
  id      smallint primary key check (id = 1),
  version bigint   not null
);
insert into subscription_set (id, version) values (1, 0);

-- Versions of subscriptions, which are never changed. version: the version of the set since which it
-- holds. definition: JSON, kept to the letter. changed_at: nanoseconds since 1970.
create table subscription_version (
  name       text   collate "C" not null,
  version    bigint not null,
  lifecycle  text   not null,
  origin     text   not null,
  definition text   not null,
  changed_by text   not null,
  changed_at bigint not null,
  primary key (name, version)
);

-- The current version of each subscription, deleted ones included, with its lifecycle.
create table subscription (
  name      text   collate "C" primary key,
  version   bigint not null,
  lifecycle text   not null
);
create index subscription_by_version on subscription (version);
