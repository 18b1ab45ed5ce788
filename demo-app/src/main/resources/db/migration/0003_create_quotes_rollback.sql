-- Purpose: Undo 0003: drop quotes and their lines
-- Date: 2026-01-13

DROP TABLE quote_lines;
DROP TABLE quotes;
