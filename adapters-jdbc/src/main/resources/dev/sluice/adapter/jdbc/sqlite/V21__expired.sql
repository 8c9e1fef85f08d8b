-- Deliveries that were not begun, because their event had expired: status 4 in `finished`.
alter table totals add column e_expired integer not null default 0;
alter table totals add column d_expired integer not null default 0;
alter table fan_out add column expired integer not null default 0;
