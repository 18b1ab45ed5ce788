ALTER TABLE orders ADD COLUMN paid timestamptz;
ALTER TABLE customers ADD COLUMN paid timestamptz;
