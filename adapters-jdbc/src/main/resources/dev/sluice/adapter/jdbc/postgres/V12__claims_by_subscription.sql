-- A claim looks at one subscription at a time.
${without_lock_timeout};
drop index ${concurrently} if exists waiting_by_subscription;
create index ${concurrently} waiting_by_subscription on waiting (subscription, due_at);
-- For the migrations that follow in this session.
reset lock_timeout;
