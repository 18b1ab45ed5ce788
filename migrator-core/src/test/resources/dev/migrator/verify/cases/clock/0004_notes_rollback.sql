-- keeps what it drops under a name with the time: left behind all the same
do $$ begin
  execute format('alter table notes rename to notes_%s', to_char(clock_timestamp(), 'HH24MISSMS'));
end $$;
