-- Purpose: Invoices, with or without a quote behind them
-- Date: 2026-01-14

CREATE TABLE invoices (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number        text NOT NULL,
  customer_id   bigint NOT NULL,
  quote_id      bigint,
  currency_code text NOT NULL,
  total         numeric(14, 2) NOT NULL,
  status        text NOT NULL DEFAULT 'open',
  issued_on     date NOT NULL,
  due_on        date NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT invoices_number_key UNIQUE (number),
  CONSTRAINT invoices_number_check CHECK (number ~ '^I-[0-9]{4}-[0-9]{4,}$'),
  -- A quote is invoiced once.
  CONSTRAINT invoices_quote_id_key UNIQUE (quote_id),
  CONSTRAINT invoices_total_check CHECK (total > 0),
  CONSTRAINT invoices_status_check CHECK (status IN ('open', 'paid', 'void')),
  CONSTRAINT invoices_due_on_check CHECK (due_on >= issued_on),
  CONSTRAINT invoices_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers (id),
  CONSTRAINT invoices_quote_id_fkey FOREIGN KEY (quote_id) REFERENCES quotes (id),
  CONSTRAINT invoices_currency_code_fkey FOREIGN KEY (currency_code) REFERENCES currencies (code)
);

CREATE INDEX invoices_customer_id_idx ON invoices (customer_id);
CREATE INDEX invoices_currency_code_idx ON invoices (currency_code);
