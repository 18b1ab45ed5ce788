-- PostgreSQL cannot remove a value from an enum.
select 1;
