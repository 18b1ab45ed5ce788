-- migrator: allow drop-table because nobody uses it

CREATE TABLE notes (id bigint PRIMARY KEY);
