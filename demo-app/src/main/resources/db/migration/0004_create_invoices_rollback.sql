-- Purpose: Undo 0004: drop the invoices
-- Date: 2026-01-14

DROP TABLE invoices;
