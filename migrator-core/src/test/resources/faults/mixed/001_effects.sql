create table effects (migration text not null, at timestamptz default clock_timestamp());
create table orders (id int primary key, paid boolean);
insert into orders select i, i % 2 = 0 from generate_series(1, 40) i;
insert into effects values ('001');
