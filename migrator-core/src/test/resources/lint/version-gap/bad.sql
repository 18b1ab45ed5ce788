-- file: 0003_notes.sql
CREATE TABLE notes (id bigint PRIMARY KEY);
