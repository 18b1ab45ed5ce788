CREATE INDEX CONCURRENTLY orders_few ON orders (a, b);
