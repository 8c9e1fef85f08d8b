create table thing (id bigint);
create table finished (status integer, seq bigint, subscription text, fingerprint bigint,
  failure_kind text, failure_error text, failure_message text);
do $$ begin
  if current_setting('statement_timeout') <> '0' then raise exception 'a limit holds'; end if;
end $$;
