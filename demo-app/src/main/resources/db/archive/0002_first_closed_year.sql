-- Purpose: Invoices of the first year that is closed
-- Date: 2026-03-21

INSERT INTO archived_invoices (number, total) VALUES
  ('I-2024-0001', 310.00),
  ('I-2024-0002', 1250.50);
