CREATE TABLE notes (id bigint PRIMARY KEY);
CREATE TABLE drafts (id bigint PRIMARY KEY);
