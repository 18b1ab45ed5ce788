-- file: 0001_notes.sql
CREATE TABLE notes (id bigint PRIMARY KEY);
