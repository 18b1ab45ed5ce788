drop view totals;
create view totals as select sum(total) as total, count(*) as orders from orders;
