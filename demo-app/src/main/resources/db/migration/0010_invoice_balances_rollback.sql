-- Purpose: Undo 0010: drop the balances
-- Date: 2026-03-05

DROP VIEW invoice_balances;
