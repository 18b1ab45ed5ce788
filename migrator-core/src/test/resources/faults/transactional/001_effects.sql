create table effects (migration text not null, at timestamptz default clock_timestamp());
insert into effects values ('001');
