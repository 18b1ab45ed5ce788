drop table words;
