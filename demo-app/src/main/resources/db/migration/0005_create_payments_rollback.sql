-- Purpose: Undo 0005: drop the payments
-- Date: 2026-01-15

DROP TABLE payments;
