-- The version of the set of subscriptions that routed the event; null for events from before.
alter table event add column routed_by integer;
