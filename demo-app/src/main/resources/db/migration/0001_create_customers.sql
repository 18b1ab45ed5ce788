-- Purpose: Whom we send quotes and invoices to
-- Date: 2026-01-12

CREATE TABLE customers (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name         text NOT NULL,
  email        text NOT NULL,
  country_code text NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT customers_name_check CHECK (length(btrim(name)) BETWEEN 1 AND 200),
  CONSTRAINT customers_email_check CHECK (email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  CONSTRAINT customers_country_code_check CHECK (country_code ~ '^[A-Z]{2}$')
);

-- One customer per address, however it is capitalised.
CREATE UNIQUE INDEX customers_email_key ON customers (lower(email));

COMMENT ON COLUMN customers.country_code IS 'ISO 3166-1 alpha-2';
