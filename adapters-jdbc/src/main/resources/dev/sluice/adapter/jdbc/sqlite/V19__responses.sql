-- What receivers answered to attempts, as JSON: for attempts in `attempt`, and for the last attempt of a
-- delivery in `finished`. Only attempts with a response have a row. ended_at: when the attempt ended.
-- status_class: the first digit of the HTTP status, 0 when there was no complete response.
create table responses (
  seq          integer not null,
  subscription text    not null,
  number       integer not null,
  ended_at     integer not null,
  status_class integer not null,
  content      text    not null,
  primary key (seq, subscription, number)
) strict;

-- The newest of a class are read without looking at the others.
create index responses_by_end on responses (subscription, status_class, ended_at, seq, number);
