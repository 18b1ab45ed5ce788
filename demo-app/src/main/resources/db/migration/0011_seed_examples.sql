-- Purpose: A few customers, quotes and invoices to look at
-- Date: 2026-03-09

INSERT INTO customers (name, email, country_code) VALUES
  ('Abacus Books', 'orders@abacus.example', 'GB'),
  ('Bergbahn Sonnental', 'einkauf@sonnental.example', 'CH'),
  ('Kumo Coffee', 'hello@kumo.example', 'JP');

INSERT INTO quotes (number, customer_id, currency_code, title, status, valid_until)
SELECT q.number, c.id, q.currency_code, q.title, q.status, q.valid_until
  FROM (VALUES
         ('Q-2026-0001', 'orders@abacus.example', 'GBP', 'Oak shelves for the reading room', 'accepted', date '2026-04-30'),
         ('Q-2026-0002', 'einkauf@sonnental.example', 'CHF', 'Ticket counter with two desks', 'accepted', date '2026-05-15'),
         ('Q-2026-0003', 'hello@kumo.example', 'JPY', 'Counter and shelves for the new shop', 'sent', date '2026-05-31')
       ) AS q (number, email, currency_code, title, status, valid_until)
  JOIN customers c ON c.email = q.email;

INSERT INTO quote_lines (quote_id, position, description, quantity, unit_price)
SELECT q.id, l.position, l.description, l.quantity, l.unit_price
  FROM (VALUES
         ('Q-2026-0001', 1, 'Shelf, oak, 2 m', 6, 240.00),
         ('Q-2026-0001', 2, 'Fitting, hours', 8, 45.00),
         ('Q-2026-0002', 1, 'Counter, larch', 1, 5200.00),
         ('Q-2026-0002', 2, 'Desk, larch', 2, 890.00),
         ('Q-2026-0003', 1, 'Counter, cedar', 1, 420000),
         ('Q-2026-0003', 2, 'Shelf, cedar, 1.5 m', 4, 38000)
       ) AS l (number, position, description, quantity, unit_price)
  JOIN quotes q ON q.number = l.number;

INSERT INTO invoices (number, customer_id, quote_id, currency_code, total, issued_on, due_on)
SELECT i.number, q.customer_id, q.id, q.currency_code, i.total, i.issued_on, i.issued_on + 30
  FROM (VALUES
         ('I-2026-0001', 'Q-2026-0001', 1800.00, date '2026-03-02'),
         ('I-2026-0002', 'Q-2026-0002', 6980.00, date '2026-03-05')
       ) AS i (number, quote_number, total, issued_on)
  JOIN quotes q ON q.number = i.quote_number;

-- The second payment settles the first invoice; see the trigger.
INSERT INTO payments (invoice_id, amount, currency_code, method, reference)
SELECT i.id, p.amount, i.currency_code, p.method, p.reference
  FROM (VALUES
         ('I-2026-0001', 800.00, 'bank_transfer', 'deposit'),
         ('I-2026-0001', 1000.00, 'bank_transfer', 'remainder'),
         ('I-2026-0002', 2000.00, 'card', 'deposit')
       ) AS p (number, amount, method, reference)
  JOIN invoices i ON i.number = p.number;
