-- The index was built before: CREATE UNIQUE INDEX CONCURRENTLY orders_once ON orders (customer_id, placed);
ALTER TABLE orders ADD CONSTRAINT orders_once UNIQUE USING INDEX orders_once;
