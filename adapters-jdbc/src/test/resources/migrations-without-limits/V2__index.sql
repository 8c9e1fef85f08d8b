${without_lock_timeout};
drop index ${concurrently} if exists thing_id;
create index ${concurrently} thing_id on thing (id);
do $$ begin
  if current_setting('statement_timeout') <> '0' then raise exception 'a limit holds'; end if;
end $$;
-- Longer than the lock of migrations may idle in its transaction.
select pg_sleep(0.3);
reset lock_timeout;
