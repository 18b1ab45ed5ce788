-- Purpose: Undo 0002: the invoices of the first closed year
-- Date: 2026-03-21

DELETE FROM archived_invoices WHERE number IN ('I-2024-0001', 'I-2024-0002');
