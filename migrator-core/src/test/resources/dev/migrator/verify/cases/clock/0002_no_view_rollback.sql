do $$ begin
  execute format('create view recent as select * from events where at > %L::timestamptz', now());
end $$;
