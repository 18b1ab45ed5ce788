create or replace view totals as select sum(total) as total from orders;
