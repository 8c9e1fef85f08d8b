-- Statements look for the deliveries of a subscription. This index was of no use to them, and the planner took it for
-- claims after it had seen a single subscription: they then walked over the deliveries of all others.
${without_lock_timeout};
drop index ${concurrently} if exists waiting_by_due;
-- For the migrations that follow in this session.
reset lock_timeout;
