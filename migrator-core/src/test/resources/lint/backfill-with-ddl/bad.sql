ALTER TABLE orders ADD COLUMN paid boolean;
UPDATE orders SET paid = true WHERE placed < '2020-01-01';
