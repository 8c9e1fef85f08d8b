-- The priority of a delivery's event; null for the default. The due time of the others has 2^62 subtracted
-- while they can be claimed, so that claims of the default priority do not meet them. No table is rewritten.
-- One table per migration, so that statements on several need not wait for each other.
alter table waiting add column priority smallint;
