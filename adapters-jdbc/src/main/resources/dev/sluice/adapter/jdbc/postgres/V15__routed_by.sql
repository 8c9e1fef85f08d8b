-- The version of the set of subscriptions that routed the event; null for events from before. The table
-- is not rewritten.
alter table event add column routed_by bigint;
