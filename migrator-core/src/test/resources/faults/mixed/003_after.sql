alter table orders alter column total set not null;
insert into effects values ('003');
