CREATE TABLE notes (id bigint PRIMARY KEY);
DROP TABLE notes;
CREATE TABLE notes (id bigint PRIMARY KEY);
