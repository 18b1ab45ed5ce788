CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, placed timestamptz, note text);
CREATE UNIQUE INDEX orders_once ON orders (customer_id, placed);
