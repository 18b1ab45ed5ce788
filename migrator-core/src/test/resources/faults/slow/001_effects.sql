create table effects (migration text not null, at timestamptz default clock_timestamp());
create table parts (id int, name text);
insert into parts select i, 'part ' || i from generate_series(1, 30) i;
create function slowly(v int) returns int language plpgsql immutable as
  $$ begin perform pg_catalog.pg_sleep(0.004); return v; end $$;
insert into effects values ('001');
