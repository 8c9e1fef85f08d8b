-- Each row is in one of them at most, and those of subscriptions without an ordering in none.
${without_lock_timeout};
drop index ${concurrently} if exists waiting_heads;
create index ${concurrently} waiting_heads on waiting (subscription, lane)
  where lane is not null and due_at < 4611686018427387904;
drop index ${concurrently} if exists waiting_behind;
create index ${concurrently} waiting_behind on waiting (subscription, lane, lane_position, seq)
  where lane is not null and due_at >= 4611686018427387904;
drop index ${concurrently} if exists leased_by_lane;
create index ${concurrently} leased_by_lane on leased (subscription, lane) where lane is not null;
-- What nodes of earlier versions parked: nothing else may be looked through for it.
drop index ${concurrently} if exists waiting_parked;
create index ${concurrently} waiting_parked on waiting (due_at)
  where due_at >= 4611686018427387904 and lane is null;
-- For the migrations that follow in this session.
reset lock_timeout;
