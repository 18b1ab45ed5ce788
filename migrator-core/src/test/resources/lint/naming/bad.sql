-- file: 0001_AddNotes.sql
CREATE TABLE notes (id bigint PRIMARY KEY);
