-- The priority of a delivery's event; null for the default. The due time of the others has 2^62 subtracted
-- while they can be claimed, so that claims of the default priority do not meet them.
alter table live add column priority integer;

create index live_prioritized on live (subscription, priority, due_at, seq) where due_at < 0;
