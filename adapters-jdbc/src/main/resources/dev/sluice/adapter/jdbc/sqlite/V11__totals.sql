-- One row: the number of the newest event that there ever was, and how many events (e_) and deliveries
-- (d_) are in which state. It is written with each commit that changes them, so that a start need not
-- read what is stored. Where the row is missing, the storage is counted once.
create table totals (
  id           integer primary key check (id = 1),
  last_seq     integer not null,
  e_unrouted   integer not null,
  e_received   integer not null,
  e_retrying   integer not null,
  e_processing integer not null,
  e_completed  integer not null,
  e_failed     integer not null,
  e_cancelled  integer not null,
  d_received   integer not null,
  d_retrying   integer not null,
  d_processing integer not null,
  d_completed  integer not null,
  d_failed     integer not null,
  d_cancelled  integer not null
) strict;
