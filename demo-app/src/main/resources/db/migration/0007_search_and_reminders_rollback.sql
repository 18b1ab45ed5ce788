-- Purpose: Undo 0007: no search, no index for reminders
-- Date: 2026-02-09

DROP INDEX invoices_open_due_on_idx;
DROP INDEX quotes_words_idx;
ALTER TABLE quotes DROP COLUMN words;
