ALTER TABLE orders ADD CONSTRAINT orders_note CHECK (length(note) < 1000) NOT VALID;
