drop table orders;
drop function touch();
