ALTER TABLE orders ADD COLUMN paid timestamptz;
ALTER TABLE orders ADD COLUMN sent timestamptz;
