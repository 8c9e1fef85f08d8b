-- Deliveries whose last attempt was abandoned are claimed apart from the others. Few at any time.
create index waiting_abandoned on waiting (due_at) where failure_kind = 'ABANDONED';
