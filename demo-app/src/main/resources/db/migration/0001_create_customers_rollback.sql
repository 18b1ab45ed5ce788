-- Purpose: Undo 0001: drop the customers
-- Date: 2026-01-12

DROP TABLE customers;
