ALTER TABLE orders ADD COLUMN paid timestamptz;
ALTER TABLE orders ALTER COLUMN paid SET DEFAULT now();
