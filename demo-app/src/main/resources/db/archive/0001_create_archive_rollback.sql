-- Purpose: Undo 0001: drop the archive
-- Date: 2026-03-20

DROP TABLE archived_invoices;
