CREATE TABLE orders (number bigint, id bigint NOT NULL);
CREATE UNIQUE INDEX orders_number ON orders (number);
CREATE UNIQUE INDEX orders_id ON orders (id);
