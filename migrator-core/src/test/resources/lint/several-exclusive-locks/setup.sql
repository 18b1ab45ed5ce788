CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, placed timestamptz, note text);
CREATE TABLE customers (id bigint PRIMARY KEY);
