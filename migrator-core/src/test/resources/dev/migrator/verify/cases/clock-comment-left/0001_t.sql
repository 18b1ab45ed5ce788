create table if not exists t (id bigint);
do $$ begin
  execute format('comment on table t is %L', clock_timestamp());
end $$;
