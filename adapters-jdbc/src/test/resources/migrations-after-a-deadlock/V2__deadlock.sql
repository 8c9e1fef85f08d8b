-- A sequence counts rolled back attempts, too.
do $$ begin
  if nextval('tries') = 1 then raise exception 'deadlock detected' using errcode = '40P01'; end if;
end $$;
