-- Purpose: Quotes and their lines
-- Date: 2026-01-13

CREATE TABLE quotes (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  number        text NOT NULL,
  customer_id   bigint NOT NULL,
  currency_code text NOT NULL,
  title         text NOT NULL,
  status        text NOT NULL DEFAULT 'draft',
  valid_until   date NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT quotes_number_key UNIQUE (number),
  CONSTRAINT quotes_number_check CHECK (number ~ '^Q-[0-9]{4}-[0-9]{4,}$'),
  CONSTRAINT quotes_status_check CHECK (status IN ('draft', 'sent', 'accepted', 'declined')),
  CONSTRAINT quotes_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers (id),
  CONSTRAINT quotes_currency_code_fkey FOREIGN KEY (currency_code) REFERENCES currencies (code)
);

CREATE INDEX quotes_customer_id_idx ON quotes (customer_id);
CREATE INDEX quotes_currency_code_idx ON quotes (currency_code);

CREATE TABLE quote_lines (
  quote_id    bigint NOT NULL,
  position    integer NOT NULL,
  description text NOT NULL,
  quantity    numeric(12, 3) NOT NULL,
  unit_price  numeric(14, 4) NOT NULL,
  CONSTRAINT quote_lines_pkey PRIMARY KEY (quote_id, position),
  CONSTRAINT quote_lines_quote_id_fkey FOREIGN KEY (quote_id) REFERENCES quotes (id) ON DELETE CASCADE,
  CONSTRAINT quote_lines_position_check CHECK (position > 0),
  CONSTRAINT quote_lines_quantity_check CHECK (quantity > 0),
  CONSTRAINT quote_lines_unit_price_check CHECK (unit_price >= 0)
);
