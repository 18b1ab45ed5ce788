-- version: 17
ALTER TABLE orders ALTER COLUMN size SET EXPRESSION AS (length(note) + 1);
