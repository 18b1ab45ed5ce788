drop view recent;
do $$ declare one text; begin
  for one in select relname from pg_class where relname ~ '^events_[0-9]{6}$' and relkind = 'r' loop
    execute format('drop table %I', one);
  end loop;
end $$;
drop table events_2024;
drop table events;
