create table people (id int primary key, name text not null);
insert into people values (1, 'Ada'), (2, 'Grace'), (3, 'Edsger');
create index people_name on people (name);
insert into effects values ('002');
