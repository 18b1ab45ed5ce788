-- works only because the down script of 0003 has renamed the table
drop table given_names;
