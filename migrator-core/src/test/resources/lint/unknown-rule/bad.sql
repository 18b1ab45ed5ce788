-- migrator: allow drop-tables because nobody uses it

CREATE TABLE notes (id bigint PRIMARY KEY);
