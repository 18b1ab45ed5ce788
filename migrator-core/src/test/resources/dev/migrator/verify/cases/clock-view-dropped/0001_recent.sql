create table events (id bigint, at timestamptz not null);
create table events_2024 (id bigint);
do $$ begin
  execute format('create view recent as select * from events where at > %L::timestamptz', now());
  execute format('create table events_%s (id bigint)', to_char(clock_timestamp(), 'HH24MISS'));
end $$;
