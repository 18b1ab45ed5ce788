-- Purpose: Exchange rates, and payments in no other currency than their invoice's
-- Date: 2026-02-02

CREATE TABLE exchange_rates (
  currency_code text NOT NULL,
  valid_from    date NOT NULL,
  per_euro      numeric(18, 8) NOT NULL,
  CONSTRAINT exchange_rates_pkey PRIMARY KEY (currency_code, valid_from),
  CONSTRAINT exchange_rates_currency_code_fkey FOREIGN KEY (currency_code) REFERENCES currencies (code),
  CONSTRAINT exchange_rates_per_euro_check CHECK (per_euro > 0)
);

COMMENT ON COLUMN exchange_rates.per_euro IS 'Units of the currency that one euro buys';

INSERT INTO exchange_rates (currency_code, valid_from, per_euro) VALUES
  ('CHF', '2026-01-01', 0.94),
  ('EUR', '2026-01-01', 1),
  ('GBP', '2026-01-01', 0.86),
  ('JPY', '2026-01-01', 168.5),
  ('USD', '2026-01-01', 1.09);

-- A foreign key over both columns says what a check constraint cannot: it looks into another table.
ALTER TABLE invoices
  ADD CONSTRAINT invoices_id_currency_code_key UNIQUE (id, currency_code);

-- NOT VALID takes its lock for an instant only; VALIDATE then reads the table without keeping writers out.
ALTER TABLE payments
  ADD CONSTRAINT payments_invoice_currency_fkey
  FOREIGN KEY (invoice_id, currency_code) REFERENCES invoices (id, currency_code) NOT VALID;
ALTER TABLE payments
  VALIDATE CONSTRAINT payments_invoice_currency_fkey;
