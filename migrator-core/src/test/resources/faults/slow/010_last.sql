create view heavy as select * from parts where weight > 10;
select pg_sleep(0.05);
insert into effects values ('010');
