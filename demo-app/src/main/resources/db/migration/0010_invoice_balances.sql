-- Purpose: What is paid and what is left on every invoice
-- Date: 2026-03-05

CREATE VIEW invoice_balances AS
SELECT i.id AS invoice_id,
       i.total,
       coalesce(p.paid, 0) AS paid,
       i.total - coalesce(p.paid, 0) AS balance
  FROM invoices i
  LEFT JOIN (SELECT invoice_id, sum(amount) AS paid FROM payments GROUP BY invoice_id) p
    ON p.invoice_id = i.id;
