-- file: 0000_notes.sql
CREATE TABLE notes (id bigint PRIMARY KEY);
