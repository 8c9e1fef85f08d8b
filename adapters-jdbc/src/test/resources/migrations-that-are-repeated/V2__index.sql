drop index concurrently if exists thing_id;
create unique index concurrently thing_id on thing (id);
