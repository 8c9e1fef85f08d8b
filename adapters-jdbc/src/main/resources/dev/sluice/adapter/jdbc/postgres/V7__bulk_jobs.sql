-- Plans and jobs of operators. state: planned, running, finished, stopped. The plan is about
-- events with numbers below from_seq, and not below to_seq. Those below position are still to be
-- looked at; rate is events per second, 0 for any.
create table bulk_job (
  id         text primary key,
  token      text not null unique,
  action     text not null,
  filter     text not null,
  from_seq   bigint not null,
  to_seq     bigint not null,
  qualifying bigint not null,
  planned_at bigint not null,
  planned_by text not null,
  state      text not null,
  position   bigint not null,
  done       bigint not null,
  skipped    bigint not null,
  rate       double precision not null,
  started_by text not null,
  started_at bigint,
  ended_at   bigint
);

create index bulk_job_by_state on bulk_job (state, started_at);
