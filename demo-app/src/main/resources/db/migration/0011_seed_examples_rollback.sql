-- Purpose: Undo 0011: remove the examples, and whatever was added to them
-- Date: 2026-03-09

DELETE FROM payments p USING invoices i
 WHERE i.id = p.invoice_id AND i.number IN ('I-2026-0001', 'I-2026-0002');
DELETE FROM invoices WHERE number IN ('I-2026-0001', 'I-2026-0002');
DELETE FROM quotes WHERE number IN ('Q-2026-0001', 'Q-2026-0002', 'Q-2026-0003');
DELETE FROM customers
 WHERE email IN ('orders@abacus.example', 'einkauf@sonnental.example', 'hello@kumo.example');
