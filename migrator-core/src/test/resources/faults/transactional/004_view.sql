create view greetings as select id, greet(id) as words from people;
delete from people where id = 3;
insert into effects values ('004');
