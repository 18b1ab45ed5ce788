-- forgets the table
select 1;
