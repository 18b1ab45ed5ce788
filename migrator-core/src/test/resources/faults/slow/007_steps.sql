-- migrator: transaction=off
create type shade as enum ('dark');
insert into effects values ('007 one');
select pg_sleep(0.05);
insert into effects values ('007 two');
alter type shade add value 'light';
select pg_sleep(0.05);
insert into effects values ('007 three');
vacuum parts;
