-- Purpose: Invoices of years that are closed
-- Date: 2026-03-20

CREATE TABLE archived_invoices (
  number text PRIMARY KEY,
  total  numeric(14, 2) NOT NULL
);
