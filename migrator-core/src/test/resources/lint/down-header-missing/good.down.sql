-- Purpose: take the notes away.
-- Date: 2024-03-01
DROP TABLE IF EXISTS notes;
