create table t006 (n int);
insert into t006 select generate_series(1, 10);
select pg_sleep(0.08);
alter table t006 add column m int;
insert into effects values ('006');
