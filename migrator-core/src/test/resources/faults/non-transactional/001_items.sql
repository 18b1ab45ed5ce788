-- migrator: transaction=off
create table effects (migration text not null, at timestamptz default clock_timestamp());
create type mood as enum ('calm');
create table items (id int, name text, mood mood);
insert into items select i, 'item ' || i, 'calm' from generate_series(1, 50) i;
insert into effects values ('001');
