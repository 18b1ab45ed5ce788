-- also: serial-column
ALTER TABLE orders ADD COLUMN number bigserial;
