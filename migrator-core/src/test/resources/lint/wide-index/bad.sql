CREATE INDEX CONCURRENTLY orders_many ON orders (a, b, c, d);
