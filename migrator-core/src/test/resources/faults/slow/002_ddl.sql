create table t002 (n int);
insert into t002 select generate_series(1, 10);
select pg_sleep(0.08);
alter table t002 add column m int;
insert into effects values ('002');
