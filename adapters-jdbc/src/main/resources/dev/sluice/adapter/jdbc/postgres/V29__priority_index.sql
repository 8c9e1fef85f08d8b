-- Deliveries of events without a priority are not in it.
${without_lock_timeout};
drop index ${concurrently} if exists waiting_prioritized;
create index ${concurrently} waiting_prioritized on waiting (subscription, priority, due_at)
  where due_at < 0;
-- For the migrations that follow in this session.
reset lock_timeout;
