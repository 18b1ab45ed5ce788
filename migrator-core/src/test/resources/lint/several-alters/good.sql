ALTER TABLE orders ADD COLUMN paid timestamptz, ADD COLUMN sent timestamptz;
