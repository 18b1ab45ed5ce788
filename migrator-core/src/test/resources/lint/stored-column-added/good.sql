ALTER TABLE orders ADD COLUMN size integer;
