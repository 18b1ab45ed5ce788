-- Purpose: The currencies we trade in, with the digits that their amounts have
-- Date: 2026-01-12

CREATE TABLE currencies (
  code        text PRIMARY KEY,
  name        text NOT NULL,
  minor_units smallint NOT NULL,
  CONSTRAINT currencies_code_check CHECK (code ~ '^[A-Z]{3}$'),
  CONSTRAINT currencies_minor_units_check CHECK (minor_units BETWEEN 0 AND 4)
);

COMMENT ON TABLE currencies IS 'ISO 4217';

INSERT INTO currencies (code, name, minor_units) VALUES
  ('CHF', 'Swiss franc', 2),
  ('EUR', 'Euro', 2),
  ('GBP', 'Pound sterling', 2),
  ('JPY', 'Yen', 0),
  ('USD', 'US dollar', 2);
