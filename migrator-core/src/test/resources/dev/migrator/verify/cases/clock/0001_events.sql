create table events (id bigint, at timestamptz not null) partition by range (at);
do $$ begin
  execute format('create table events_%s partition of events for values from (%L) to (%L)',
    to_char(clock_timestamp(), 'HH24MISS'), now(), now() + interval '1 hour');
  execute format('create view recent as select * from events where at > %L::timestamptz', now());
  execute format('create function token() returns text language sql as %L', 'select ''' || gen_random_uuid() || '''');
end $$;
