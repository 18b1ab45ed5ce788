alter table orders add column note text;
create table notes (n int);
insert into effects values ('002 before');
create index concurrently orders_note on orders (note) where not paid;
alter table orders add column total numeric default 0;
update orders set total = id * 10;
insert into notes select count(*) from orders;
insert into effects values ('002 after');
