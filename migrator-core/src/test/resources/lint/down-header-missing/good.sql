-- Purpose: keep notes.
-- Date: 2024-03-01
CREATE TABLE notes (id bigint PRIMARY KEY);
