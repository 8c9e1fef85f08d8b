-- What operators did. Rows are written once and never change; the oldest go. Each has the hash of the
-- one before.
create table activity (
  number     bigint primary key,
  at         bigint not null,
  actor      text not null,
  key_id     text not null,
  role       text not null,
  address    text not null,
  action     text not null,
  target     text not null,
  detail     text not null,
  result     text not null,
  request_id text not null,
  previous   text not null,
  hash       text not null
);

-- One row: where the chain ends, and what went before its first entry. Who appends holds it.
create table activity_chain (
  id               integer primary key,
  last_number      bigint not null,
  last_hash        text not null,
  forgotten_number bigint not null,
  forgotten_hash   text not null
);

insert into activity_chain values (1, 0, '', 0, '');
