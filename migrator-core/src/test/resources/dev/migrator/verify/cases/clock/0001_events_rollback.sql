drop view recent;
drop function token();
drop table events;
