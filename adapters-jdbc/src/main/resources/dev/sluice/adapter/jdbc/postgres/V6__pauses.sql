-- What is not to be begun. scope: the name of a subscription, or empty for all processing. until_at:
-- when it ends by itself, if it does.
create table pause (
  scope     text collate "C" primary key,
  reason    text   not null,
  paused_by text   not null,
  paused_at bigint not null,
  until_at  bigint
);

-- Deliveries of paused subscriptions that a claim has met are set aside: 2^62 is added to due_at, so
-- that they lie behind all others. This finds them when they are put back, and is empty otherwise.
create index waiting_aside on waiting (subscription, due_at) where due_at >= 4611686018427387904;
