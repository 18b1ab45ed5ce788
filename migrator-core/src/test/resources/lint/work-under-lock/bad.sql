-- also: index-not-concurrent
ALTER TABLE orders ADD COLUMN paid timestamptz;
CREATE INDEX orders_paid ON orders (paid);
