CREATE TABLE orders (id bigint PRIMARY KEY);
CREATE VIEW totals AS SELECT id FROM orders;
