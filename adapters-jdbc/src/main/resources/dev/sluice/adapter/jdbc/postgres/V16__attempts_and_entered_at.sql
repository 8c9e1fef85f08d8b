-- The version of the subscription under which an attempt was made; null where it is not known, as for
-- attempts from before. In `finished` it is that of the last attempt, which is in the same row. No table
-- is rewritten.
alter table attempt add column subscription_version bigint;
alter table finished add column subscription_version bigint;
