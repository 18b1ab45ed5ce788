-- Purpose: Undo 0008: drop the index of payments by day
-- Date: 2026-03-02

DROP INDEX CONCURRENTLY payments_received_at_idx;
