-- Deliveries whose last attempt was abandoned are claimed apart from the others. Few at any time.
create index live_abandoned on live (due_at, seq, subscription) where failure_kind = 'ABANDONED';
