create table t004 (n int);
insert into t004 select generate_series(1, 10);
select pg_sleep(0.08);
alter table t004 add column m int;
insert into effects values ('004');
