create unique index concurrently items_id on items (id);
insert into effects values ('005');
drop index concurrently items_name;
create index concurrently on items (mood, id);
insert into effects values ('005 again');
