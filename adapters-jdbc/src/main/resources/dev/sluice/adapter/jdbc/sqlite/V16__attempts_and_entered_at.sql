-- The version of the subscription under which an attempt was made; null or 0 where it is not known, as
-- for attempts from before. In `finished` it is that of the last attempt, which is in the same row.
alter table attempt add column subscription_version integer;
alter table finished add column subscription_version integer;

-- When a waiting delivery entered its state; it may be due later. Null when it entered it at due_at, and
-- in rows from before.
alter table live add column entered_at integer;
