CREATE TABLE orders (id bigint PRIMARY KEY, placed timestamptz, paid timestamptz);
ALTER TABLE orders ADD CONSTRAINT orders_paid CHECK (paid IS NOT NULL) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_paid;
