create view totals as select sum(total) as total from orders;
grant select on totals to public;
