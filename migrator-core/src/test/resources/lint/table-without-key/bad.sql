CREATE TABLE notes (id bigint, body text);
