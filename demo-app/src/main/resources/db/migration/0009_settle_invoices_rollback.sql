-- Purpose: Undo 0009: payments do not touch their invoices
-- Date: 2026-03-04

DROP TRIGGER payments_settle_invoice ON payments;
DROP FUNCTION settle_invoice();
