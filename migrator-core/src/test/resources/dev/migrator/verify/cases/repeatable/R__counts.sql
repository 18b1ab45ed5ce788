create view counts as select count(*) as n from orders;
