create table t008 (n int);
insert into t008 select generate_series(1, 10);
select pg_sleep(0.08);
alter table t008 add column m int;
insert into effects values ('008');
