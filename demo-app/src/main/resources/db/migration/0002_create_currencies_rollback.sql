-- Purpose: Undo 0002: drop the currencies
-- Date: 2026-01-12

DROP TABLE currencies;
