ALTER TABLE orders RENAME CONSTRAINT orders_pkey TO orders_key;
