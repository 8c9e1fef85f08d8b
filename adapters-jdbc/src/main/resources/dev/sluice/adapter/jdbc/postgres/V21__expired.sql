-- Deliveries that were not begun, because their event had expired: status 4 in `finished`. No table is
-- rewritten.
alter table fan_out add column expired integer not null default 0;
alter table tally add column e_expired bigint not null default 0;
alter table tally add column d_expired bigint not null default 0;
