CREATE TABLE notes (id bigint PRIMARY KEY, at timestamptz);
CREATE INDEX notes_at ON notes (at);
