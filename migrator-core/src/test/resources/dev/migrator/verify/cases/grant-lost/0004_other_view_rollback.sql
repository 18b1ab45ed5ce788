drop view totals;
create view totals as select sum(total) as total from orders;
