CREATE TABLE notes (id bigint, body text);
ALTER TABLE notes ADD PRIMARY KEY (id);
