-- file: 0001_add_notes.sql
CREATE TABLE notes (id bigint PRIMARY KEY);
