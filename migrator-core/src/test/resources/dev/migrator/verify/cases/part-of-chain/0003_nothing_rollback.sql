drop table notes;
alter table names rename to given_names;
