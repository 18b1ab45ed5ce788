CREATE TABLE notes (id bigint PRIMARY KEY, code char(8));
