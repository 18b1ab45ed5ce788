ALTER TABLE orders DROP CONSTRAINT orders_note, ADD CONSTRAINT orders_note CHECK (note <> '-') NOT VALID;
