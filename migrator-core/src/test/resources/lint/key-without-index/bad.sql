ALTER TABLE orders ADD CONSTRAINT orders_once_a_day UNIQUE (customer_id, id);
