-- What the run itself makes, it may drop.
CREATE TABLE orders_copy AS SELECT * FROM orders;
DROP TABLE orders_copy;
