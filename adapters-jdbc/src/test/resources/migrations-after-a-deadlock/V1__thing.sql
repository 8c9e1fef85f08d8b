create sequence tries;
create table finished (status integer, seq bigint, subscription text, fingerprint bigint,
  failure_kind text, failure_error text, failure_message text);
