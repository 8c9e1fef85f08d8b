-- By what events with the same id are compared; without one it is computed when it is needed. The
-- table is not rewritten.
alter table event add column digest text collate "C";
