-- Purpose: What was paid on invoices
-- Date: 2026-01-15

CREATE TABLE payments (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  invoice_id    bigint NOT NULL,
  amount        numeric(14, 2) NOT NULL,
  currency_code text NOT NULL,
  method        text NOT NULL,
  reference     text,
  received_at   timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT payments_amount_check CHECK (amount > 0),
  CONSTRAINT payments_method_check CHECK (method IN ('bank_transfer', 'card', 'cash')),
  CONSTRAINT payments_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES invoices (id),
  CONSTRAINT payments_currency_code_fkey FOREIGN KEY (currency_code) REFERENCES currencies (code)
);

CREATE INDEX payments_invoice_id_idx ON payments (invoice_id);
CREATE INDEX payments_currency_code_idx ON payments (currency_code);
