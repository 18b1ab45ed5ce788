CREATE INDEX CONCURRENTLY orders_by_date ON orders (placed);
