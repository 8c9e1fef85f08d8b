-- Deliveries of ordered subscriptions: the key of their lane and their position in it. Only the head of a
-- lane has its own due time; those behind it have 2^62 added to theirs, so that claims do not meet them.
-- No table is rewritten. One table per migration, so that statements on several need not wait for each
-- other.
alter table waiting add column lane text collate "C", add column lane_position bigint;
