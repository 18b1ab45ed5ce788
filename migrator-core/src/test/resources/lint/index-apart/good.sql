CREATE INDEX CONCURRENTLY notes_at ON notes (at);
