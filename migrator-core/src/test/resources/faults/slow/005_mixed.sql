alter table parts add column weight int;
insert into effects values ('005 before');
create unique index concurrently parts_id on parts (slowly(id), id);
update parts set weight = id;
select pg_sleep(0.05);
insert into effects values ('005 after');
