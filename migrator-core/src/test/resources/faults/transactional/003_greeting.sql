alter table people add column greeting text;
update people set greeting = 'Hello ' || name;
alter table people alter column greeting set not null;
create function greet(who int) returns text language sql as $$ select greeting from people where id = who; $$;
insert into effects values ('003');
