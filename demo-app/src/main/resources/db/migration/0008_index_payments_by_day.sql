-- Purpose: The monthly statement reads payments by the day they came in
-- Date: 2026-03-02
-- CONCURRENTLY cannot run in a transaction, so it stands alone in its file.

CREATE INDEX CONCURRENTLY payments_received_at_idx ON payments (received_at);
