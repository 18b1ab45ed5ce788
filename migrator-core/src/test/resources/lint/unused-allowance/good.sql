-- migrator: allow drop-table because nobody uses it
DROP TABLE drafts;
CREATE TABLE notes (id bigint PRIMARY KEY);
