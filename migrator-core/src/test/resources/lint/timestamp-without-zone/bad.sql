CREATE TABLE notes (id bigint PRIMARY KEY, written timestamp);
