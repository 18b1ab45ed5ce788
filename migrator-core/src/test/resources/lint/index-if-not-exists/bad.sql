CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_placed ON orders (placed);
