-- migrator: transaction=off
refresh materialized view concurrently totals;
alter table readings validate constraint readings_positive;
insert into effects values ('004');
