CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, placed timestamptz, note text);
ALTER TABLE orders ADD CONSTRAINT orders_note CHECK (note <> '') NOT VALID;
