-- Purpose: Find quotes by their words, and open invoices by the day they are due
-- Date: 2026-02-09

ALTER TABLE quotes
  ADD COLUMN words tsvector NOT NULL
  GENERATED ALWAYS AS (to_tsvector('simple', number || ' ' || title)) STORED;

CREATE INDEX quotes_words_idx ON quotes USING gin (words);

-- Partial: reminders look at open invoices only, and nearly all others are paid.
CREATE INDEX invoices_open_due_on_idx ON invoices (due_on) WHERE status = 'open';
